package dev.narwhal.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import org.junit.jupiter.api.Test;

/** {@code contract <- master}; {@code contract <- worker <- adapters}; nothing else. */
final class ModulesTest {

    @Test
    void the_contract_knows_the_jdk_and_itself() {
        classes()
                .that()
                .resideInAPackage(Narwhal.CONTRACT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations..", Narwhal.CONTRACT)
                .check(Narwhal.CLASSES);
    }

    @Test
    void the_master_knows_the_contract_and_no_code_of_workers() {
        noClasses()
                .that()
                .resideInAPackage(Narwhal.MASTER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        Narwhal.WORKER,
                        Narwhal.NAMING,
                        Narwhal.UNDERTOW,
                        "jakarta..",
                        "org.jboss..",
                        "io.undertow..",
                        "org.xnio..")
                .check(Narwhal.CLASSES);
    }

    @Test
    void the_worker_knows_the_contract_and_neither_master_nor_adapter() {
        noClasses()
                .that()
                .resideInAPackage(Narwhal.WORKER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Narwhal.MASTER, Narwhal.NAMING, Narwhal.UNDERTOW)
                .check(Narwhal.CLASSES);
    }

    @Test
    void an_adapter_does_not_know_the_master() {
        noClasses()
                .that()
                .resideInAPackage(Narwhal.UNDERTOW)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(Narwhal.MASTER)
                .check(Narwhal.CLASSES);
    }

    @Test
    void naming_knows_neither_the_master_nor_another_adapter() {
        noClasses()
                .that()
                .resideInAPackage(Narwhal.NAMING)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Narwhal.MASTER, Narwhal.UNDERTOW, "jakarta.servlet..")
                .check(Narwhal.CLASSES);
    }

    @Test
    void undertow_is_known_in_its_adapter_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(Narwhal.UNDERTOW)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.undertow..", "org.xnio..")
                .check(Narwhal.CLASSES);
    }

    /** Jandex's packages are org.jboss.jandex, the descriptor classes' org.jboss.metadata. */
    @Test
    void jboss_is_known_in_the_adapter_and_where_descriptors_are_parsed() {
        noClasses()
                .that()
                .resideOutsideOfPackages(Narwhal.UNDERTOW, "dev.narwhal.worker.war..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jboss..")
                .check(Narwhal.CLASSES);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("dev.narwhal.(**)").should().beFreeOfCycles().check(Narwhal.CLASSES);
    }
}
