package dev.narwhal.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** The arbiter decides; it touches no file, socket, thread, lock or clock. */
final class ArbiterTest {

    private static final String ARBITER = "dev.narwhal.master.arbiter..";

    @Test
    void it_touches_no_file_socket_or_lock() {
        noClasses()
                .that()
                .resideInAPackage(ARBITER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio..",
                        "java.util.concurrent.locks..",
                        "java.util.concurrent.atomic..",
                        "java.lang.foreign..",
                        "sun.misc..")
                .check(Narwhal.CLASSES);
    }

    @Test
    void it_knows_no_thread_and_no_process() {
        noClasses()
                .that()
                .resideInAPackage(ARBITER)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, Process.class, ProcessHandle.class, ProcessBuilder.class)
                .check(Narwhal.CLASSES);
    }

    @Test
    void time_comes_in_as_a_parameter() {
        noClasses()
                .that()
                .resideInAPackage(ARBITER)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, InstantSource.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(Narwhal.CLASSES);
    }

    @Test
    void it_has_no_synchronized_method() {
        ArchRuleDefinition.methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(ARBITER)
                .should()
                .notHaveModifier(JavaModifier.SYNCHRONIZED)
                .check(Narwhal.CLASSES);
    }

    @Test
    void it_knows_nothing_of_the_edges() {
        classes()
                .that()
                .resideInAPackage(ARBITER)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ARBITER, Narwhal.CONTRACT, "java..", "org.jspecify.annotations..", "org.slf4j.event..")
                .check(Narwhal.CLASSES);
    }
}
