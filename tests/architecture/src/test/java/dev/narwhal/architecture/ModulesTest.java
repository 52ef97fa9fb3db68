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
                .resideInAnyPackage("java..", "javax.crypto..", "org.jspecify.annotations..", Narwhal.CONTRACT)
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
                        Narwhal.UNDERTOW,
                        Narwhal.MIGRATION,
                        Narwhal.SESSION_LMDB,
                        Narwhal.SESSION_REDIS,
                        Narwhal.JSP,
                        Narwhal.NAMING,
                        Narwhal.WEBSOCKET,
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
                .resideInAnyPackage(Narwhal.with(Narwhal.ADAPTERS, Narwhal.MASTER, Narwhal.LEGACY))
                .check(Narwhal.CLASSES);
    }

    @Test
    void an_adapter_does_not_know_the_master() {
        noClasses()
                .that()
                .resideInAnyPackage(Narwhal.with(Narwhal.ADAPTERS))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(Narwhal.MASTER)
                .check(Narwhal.CLASSES);
    }

    /** They are loaded by an application's class loader, which shows nothing else of the server. */
    @Test
    void what_migrated_applications_get_knows_the_api_and_itself() {
        classes()
                .that()
                .resideInAPackage(Narwhal.LEGACY)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "jakarta..", "org.jspecify.annotations..", Narwhal.LEGACY)
                .check(Narwhal.CLASSES);
    }

    @Test
    void jasper_is_known_in_its_adapter_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(Narwhal.JSP)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.jasper..", "org.eclipse.jdt..")
                .check(Narwhal.CLASSES);
    }

    @Test
    void pem_is_read_where_the_master_checks_it_and_the_worker_uses_it() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.narwhal.master.config", "dev.narwhal.worker.security")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("nl.altindag..", "org.bouncycastle..")
                .check(Narwhal.CLASSES);
    }

    @Test
    void the_master_serves_http_in_one_package_and_counts_in_another() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.narwhal.master.control")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jetty.server..", "org.eclipse.jetty.unixdomain..")
                .check(Narwhal.CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.narwhal.master.observe")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.prometheus..")
                .check(Narwhal.CLASSES);
    }

    @Test
    void the_migration_tool_is_known_in_its_adapter_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(Narwhal.MIGRATION)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.tomcat.jakartaee..")
                .check(Narwhal.CLASSES);
    }

    @Test
    void adapters_do_not_know_each_other() {
        for (var adapter : Narwhal.ADAPTERS) {
            var others = Narwhal.ADAPTERS.stream()
                    .filter(other -> !other.equals(adapter))
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(adapter)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(Narwhal.CLASSES);
        }
    }

    @Test
    void undertow_is_known_in_its_adapters_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(Narwhal.UNDERTOW, Narwhal.WEBSOCKET)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.undertow..", "org.xnio..")
                .check(Narwhal.CLASSES);
    }

    @Test
    void a_session_store_knows_neither_the_engine_nor_servlets() {
        noClasses()
                .that()
                .resideInAnyPackage(Narwhal.SESSION_LMDB, Narwhal.SESSION_REDIS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Narwhal.UNDERTOW, "jakarta..")
                .check(Narwhal.CLASSES);
    }

    @Test
    void lmdb_is_known_in_its_adapter_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(Narwhal.SESSION_LMDB)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.lmdbjava..", "jnr..")
                .check(Narwhal.CLASSES);
    }

    @Test
    void jedis_is_known_in_its_adapter_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(Narwhal.SESSION_REDIS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("redis.clients..", "org.apache.commons.pool2..")
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
