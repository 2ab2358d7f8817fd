import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes a jar with the licences and notices of all libraries on a class path: those that a library's jar contains, and for
 * the others a text from a directory, which is named after the library or its licence. Fails for a library that the
 * directory's list does not name. Run by the build.
 */
final class CollectLicenses {
    private static final String TARGET = "META-INF/licenses/";
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d.*)\\.jar");
    private static final Pattern TEXT = Pattern.compile("META-INF/(licenses/.+|(LICENSE|NOTICE)[^/]*)");

    /** Annotations for compilers and editors, which the jar that runs by itself leaves out. */
    private static final Pattern LEFT_OUT = Pattern.compile("error_prone_annotations|checker-qual|annotations");

    /** The earliest time that a jar can hold: the jar's bytes do not depend on the time of the build. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** @param name as it begins in a jar's file name; a star at its end stands for anything */
    private record Library(String name, String license, String source) {
        static Library of(String line) {
            String[] columns = line.split(" ");
            return new Library(columns[0], columns[1], columns[2]);
        }

        boolean matches(String artifact) {
            return name.endsWith("*")
                    ? artifact.startsWith(name.substring(0, name.length() - 1))
                    : artifact.equals(name);
        }
    }

    private final Map<String, byte[]> entries = new TreeMap<>();
    private final StringBuilder list =
            new StringBuilder("The libraries in this jar, their licences and their sources.\n\n");
    private final Path directory;
    private final List<Library> libraries;

    private CollectLicenses(Path directory) throws IOException {
        this.directory = directory;
        this.libraries = Files.readAllLines(directory.resolve("libraries.txt")).stream()
                .map(Library::of)
                .toList();
    }

    public static void main(String[] arguments) throws IOException {
        CollectLicenses licenses = new CollectLicenses(Path.of(arguments[0]));
        List<Path> jars = Stream.of(arguments[2].split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .sorted(Comparator.comparing(Path::getFileName))
                .toList();
        for (Path jar : jars) {
            licenses.add(jar);
        }
        licenses.write(Path.of(arguments[1]));
    }

    private void add(Path jar) throws IOException {
        var name = JAR.matcher(jar.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalStateException("No version in " + jar);
        }
        String artifact = name.group(1);
        if (LEFT_OUT.matcher(artifact).matches()) {
            return;
        }
        Library library = libraries.stream()
                .filter(candidate -> candidate.matches(artifact))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Name the licence and the source of " + artifact + " in " + directory + "/libraries.txt"));
        String folder = artifact + "-" + name.group(2) + "/";
        if (!addTexts(jar, folder)) {
            Path own = directory.resolve(artifact + ".txt");
            Path shared = directory.resolve(library.license() + ".txt");
            Path text = Files.exists(own) ? own : shared;
            String entry = text.equals(own) ? folder + "LICENSE.txt" : library.license() + ".txt";
            entries.put(TARGET + entry, Files.readAllBytes(text));
        }
        list.append(artifact + " " + name.group(2) + ", " + library.license() + ", " + library.source() + "\n");
    }

    private boolean addTexts(Path jar, String folder) throws IOException {
        boolean licensed = false;
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry :
                    zip.stream().filter(entry -> !entry.isDirectory()).toList()) {
                if (TEXT.matcher(entry.getName()).matches()) {
                    String name = entry.getName().replaceFirst("META-INF/", "");
                    entries.put(
                            TARGET + folder + name, zip.getInputStream(entry).readAllBytes());
                    licensed |= name.startsWith("LICENSE");
                }
            }
        }
        return licensed;
    }

    private void write(Path target) throws IOException {
        entries.put(TARGET + "README.txt", list.toString().getBytes(StandardCharsets.UTF_8));
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(target))) {
            for (Map.Entry<String, byte[]> text : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(text.getKey());
                entry.setTimeLocal(TIME);
                jar.putNextEntry(entry);
                jar.write(text.getValue());
            }
        }
    }
}
