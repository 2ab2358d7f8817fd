package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** Looks into the two jars of the build: the library, and the program with all that it needs. */
class ArtifactIT {
    private static final Path PROGRAM = Path.of("target/klatsch.jar");

    /** A library in the list for tools that look for vulnerabilities. */
    private static final Pattern LIBRARY = Pattern.compile("\"purl\" : \"pkg:maven/[^/]+/([^@]+)@([^?\"]+)");

    @Test
    void the_library_adds_nothing_to_the_root_of_a_class_path_but_its_package() throws IOException {
        try (JarFile library = new JarFile(library().toFile())) {
            assertThat(names(library))
                    .allMatch(
                            name -> name.matches("(chat|META-INF/(licenses|maven))/.*|META-INF/(MANIFEST.MF|LICENSE|)"))
                    .contains(
                            "chat/klatsch/ChatServer.class",
                            "chat/klatsch/store/schema/1-lobby.sql",
                            "chat/klatsch/web/view/assets/htmx.min.js.br",
                            "META-INF/LICENSE",
                            "META-INF/licenses/emojilib/LICENSE",
                            "META-INF/licenses/emojibase-data/LICENSE");
            assertThat(library.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("chat.klatsch");
        }
    }

    @Test
    void the_program_has_the_licence_of_every_library_in_it() throws IOException {
        List<MatchResult> libraries = LIBRARY.matcher(Files.readString(Path.of("target/klatsch.cdx.json")))
                .results()
                .filter(library -> !library.group(1).matches("klatsch|.*annotations|checker-qual")
                        || library.group(1).startsWith("jackson"))
                .toList();
        assertThat(libraries).hasSizeGreaterThan(40);
        try (JarFile program = new JarFile(PROGRAM.toFile())) {
            List<String> names = names(program);
            List<String> list =
                    text(program, "META-INF/licenses/README.txt").lines().toList();
            assertThat(libraries).allSatisfy(library -> {
                String name = library.group(1);
                String license = list.stream()
                        .filter(line -> line.startsWith(name + " " + library.group(2) + ", "))
                        .map(line -> line.split(", ")[1])
                        .findFirst()
                        .orElseThrow();
                assertThat(names)
                        .anyMatch(entry -> entry.equals("META-INF/licenses/" + license + ".txt")
                                || entry.startsWith("META-INF/licenses/" + name + "-"));
            });
            assertThat(names).contains("logback.xml", "META-INF/LICENSE").doesNotContain("jndi.properties");
        }
    }

    private static Path library() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(
                            file -> file.getFileName().toString().matches("klatsch-\\d.*(?<!sources|javadoc)\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> names(JarFile jar) {
        return jar.stream().map(ZipEntry::getName).toList();
    }

    private static String text(JarFile jar, String name) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
