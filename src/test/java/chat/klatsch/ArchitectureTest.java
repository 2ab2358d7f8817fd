package chat.klatsch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String[] JDK_AND_NOTHING_ELSE = {"java..", "org.jspecify..", "org.slf4j.."};

    private final JavaClasses klatsch = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("chat.klatsch");

    @Test
    void the_heart_is_free_of_libraries() {
        classes()
                .that()
                .resideInAPackage("chat.klatsch.room")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with("chat.klatsch.room"))
                .check(klatsch);
        classes()
                .that()
                .resideInAPackage("chat.klatsch.inbox")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with("chat.klatsch.room", "chat.klatsch.inbox"))
                .check(klatsch);
        classes()
                .that()
                .resideInAPackage("chat.klatsch.search")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with("chat.klatsch.room", "chat.klatsch.search"))
                .check(klatsch);
        classes()
                .that()
                .resideInAPackage("chat.klatsch.account")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with("chat.klatsch.room", "chat.klatsch.account"))
                .check(klatsch);
        classes()
                .that()
                .resideInAPackage("chat.klatsch.house")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with("chat.klatsch.room", "chat.klatsch.account", "chat.klatsch.house"))
                .check(klatsch);
    }

    @Test
    void store_bus_mail_and_web_do_not_know_each_other() {
        slices().matching("chat.klatsch.(store|bus|mail|web)..")
                .should()
                .notDependOnEachOther()
                .check(klatsch);
    }

    @Test
    void nothing_imports_the_wiring() {
        noClasses()
                .that()
                .resideOutsideOfPackage("chat.klatsch")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("chat.klatsch")
                .check(klatsch);
    }

    private static String[] with(String... own) {
        String[] all = new String[own.length + JDK_AND_NOTHING_ELSE.length];
        System.arraycopy(own, 0, all, 0, own.length);
        System.arraycopy(JDK_AND_NOTHING_ELSE, 0, all, own.length, JDK_AND_NOTHING_ELSE.length);
        return all;
    }
}
