package chat.klatsch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that imports go one way, from the wiring down to the core, and that packages are small. */
class ArchitectureTest {
    private static final int TYPES_IN_A_PACKAGE = 25;

    /** The classes that JTE generates: each page's class names its template, which names the page's records. */
    private static final String GENERATED = "chat.klatsch.web.templates";

    /** From the lowest to the highest. A layer may use itself and lower ones. */
    private static final List<List<String>> LAYERS = List.of(
            List.of("text"),
            List.of("core"),
            List.of("event", "markup"),
            List.of("room", "account", "profile"),
            List.of("draft", "host"),
            List.of("message", "search", "admin"),
            List.of("export"),
            List.of("live"),
            List.of("inbox"),
            List.of("program"),
            List.of("store..", "redis", "mail", "image", "password", "metrics", "thread", "web.."));

    /** Each of these may use the layers below, but not the others. */
    private static final List<String> ADAPTERS = LAYERS.get(LAYERS.size() - 1);

    /** The parameters that a call without them takes from the machine that the JVM runs on. */
    private static final Set<String> MACHINE =
            Set.of("java.util.Locale", "java.nio.charset.Charset", "java.time.ZoneId", "java.util.TimeZone");

    /** Names of methods that take it, whatever their parameters. */
    private static final Pattern ALWAYS_LOCAL = Pattern.compile("java\\.lang\\.String\\.formatted\\("
            + "|java\\.text\\.(MessageFormat\\.format\\(java\\.lang\\.String|DecimalFormat\\.<init>)|java\\.sql\\.(Timestamp|Date|Time)\\.(valueOf|toLocal\\w+)\\("
            + "|.*\\.(getDefault|defaultCharset|systemDefault|systemDefaultZone|ofLocalized\\w+)\\(");

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("chat.klatsch");

    private static final JavaClasses KLATSCH = ALL.that(
            describe("are not generated", type -> !type.getPackageName().startsWith(GENERATED)));

    @Test
    void packages_are_free_of_cycles() {
        slices().matching("(chat.klatsch..)").should().beFreeOfCycles().check(KLATSCH);
    }

    @Test
    void imports_go_from_higher_to_lower_layers() {
        List<String> below = new ArrayList<>();
        for (List<String> layer : LAYERS) {
            below.addAll(layer);
            for (String name : layer) {
                List<String> allowed = new ArrayList<>(below);
                if (ADAPTERS.contains(name)) {
                    allowed.removeAll(ADAPTERS);
                    allowed.add(name);
                }
                classes()
                        .that(resideInAPackage("chat.klatsch." + name))
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(packages(allowed))
                                .or(JavaClass.Predicates.resideOutsideOfPackage("chat.klatsch..")))
                        .check(KLATSCH);
            }
        }
    }

    @Test
    void features_and_delivery_depend_on_no_library() {
        String[] features = packages(LAYERS.subList(0, LAYERS.size() - 1).stream()
                .flatMap(List::stream)
                .toList());
        String[] allowed = Stream.concat(Stream.of(features), Stream.of("java..", "org.jspecify..", "org.slf4j.."))
                .toArray(String[]::new);
        classes()
                .that(resideInAnyPackage(features))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed))
                .check(KLATSCH);
    }

    @Test
    void no_package_has_too_many_types() {
        assertThat(KLATSCH.stream()
                        .filter(type ->
                                type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                        .collect(groupingBy(JavaClass::getPackageName, counting())))
                .allSatisfy((name, types) -> assertThat(types).as(name).isLessThanOrEqualTo(TYPES_IN_A_PACKAGE));
    }

    @Test
    void the_locale_character_set_and_time_zone_of_the_machine_change_nothing() {
        noClasses()
                .should()
                .accessTargetWhere(describe("takes a default from the machine", ArchitectureTest::asksTheMachine))
                .check(ALL);
    }

    /** Returns whether the JDK has the same method with one more parameter, of a type in {@link #MACHINE}. */
    private static boolean asksTheMachine(JavaAccess<?> access) {
        if (!(access.getTarget() instanceof CodeUnitAccessTarget called)
                || !called.getOwner().getPackageName().startsWith("java.")
                || called.getOwner().isEquivalentTo(Files.class)) { // whose default is UTF-8
            return false;
        }
        List<String> given = names(called.getRawParameterTypes());
        return ALWAYS_LOCAL.matcher(called.getFullName()).lookingAt()
                || called.getOwner().getCodeUnits().stream()
                        .filter(other -> other.getName().equals(called.getName()))
                        .map(other -> names(other.getRawParameterTypes()))
                        .anyMatch(complete -> complete.removeIf(MACHINE::contains) && complete.equals(given));
    }

    private static List<String> names(List<JavaClass> types) {
        return types.stream().map(JavaClass::getName).collect(toCollection(ArrayList::new));
    }

    private static String[] packages(List<String> names) {
        return names.stream().map(name -> "chat.klatsch." + name).toArray(String[]::new);
    }
}
