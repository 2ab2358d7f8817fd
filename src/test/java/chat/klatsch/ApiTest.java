package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.ChatException;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The types that hosts compile against: the public ones of the package, what they throw, and what their signatures name. */
class ApiTest {
    private static final Pattern OURS = Pattern.compile("chat\\.klatsch\\.(?:[a-z]+\\.)*[A-Z]\\w*");
    private static final Pattern INCLUDED = Pattern.compile("<include>(chat\\.klatsch\\.[\\w.]+)</include>");

    @Test
    void no_type_is_forgotten_where_versions_are_compared() throws IOException {
        assertThat(named(INCLUDED, Files.readString(Path.of("pom.xml")))).isEqualTo(api());
    }

    @Test
    void the_documents_name_the_types_outside_of_the_package() throws IOException {
        String documented = Files.readString(Path.of("docs/api.md"));
        String described = javadoc("chat.klatsch");
        Set<String> outside = api().stream()
                .filter(type -> type.lastIndexOf('.') > "chat.klatsch".length())
                .collect(Collectors.toSet());
        assertThat(outside).isNotEmpty().allSatisfy(type -> {
            int dot = type.lastIndexOf('.');
            assertThat(documented).contains("`" + type.substring(dot + 1) + "`", "`" + type.substring(0, dot) + "`");
            assertThat(described).contains("{@link " + type + "}");
            assertThat(javadoc(type.substring(0, dot))).contains("{@link " + type + "}", "part of the API");
        });
    }

    /** Returns what is said about a package, in one line. */
    private static String javadoc(String packageName) throws IOException {
        return Files.readString(Path.of("src/main/java", packageName.replace('.', '/'), "package-info.java"))
                .replaceAll("\\s+(\\* )?", " ");
    }

    private static Set<String> named(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(found.groupCount()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the public types of the package, which nobody starts as a program, and what they lead to. */
    private static Set<String> api() {
        JavaClasses all = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("chat.klatsch");
        Set<String> types = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(ChatException.class.getName()));
        all.stream()
                .filter(type -> type.getPackageName().equals("chat.klatsch") && type.isTopLevelClass())
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(type -> type.getName())
                .filter(type -> !type.equals(Main.class.getName()))
                .forEach(open::add);
        while (!open.isEmpty()) {
            String type = open.remove();
            if (types.add(type)) {
                signatures(load(type))
                        .flatMap(text -> named(OURS, text).stream())
                        .forEach(open::add);
            }
        }
        return types;
    }

    /** Returns what a type and the types in it let others use. */
    private static Stream<String> signatures(Class<?> type) {
        Stream<String> members = Stream.of(
                        type.getDeclaredConstructors(), type.getDeclaredMethods(), type.getDeclaredFields())
                .flatMap(Arrays::stream)
                .filter(member -> isVisible(((Member) member).getModifiers()))
                .map(ApiTest::signature);
        Stream<String> above = Stream.concat(Stream.of(type.getGenericInterfaces()), superclass(type))
                .map(Type::getTypeName);
        Stream<String> within = Stream.of(type.getDeclaredClasses())
                .filter(inner -> isVisible(inner.getModifiers()))
                .flatMap(ApiTest::signatures);
        return Stream.of(members, above, within).flatMap(Function.identity());
    }

    private static Stream<Type> superclass(Class<?> type) {
        return Stream.ofNullable(type.getGenericSuperclass());
    }

    private static String signature(Object member) {
        return member instanceof Executable executable
                ? executable.toGenericString()
                : ((Field) member).toGenericString();
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
