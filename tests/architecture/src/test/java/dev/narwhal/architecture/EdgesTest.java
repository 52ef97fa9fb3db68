package dev.narwhal.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the operating system is touched. */
final class EdgesTest {

    /** The scoreboard is memory shared by processes; a worker finds its listeners by their inherited descriptors, and reserves memory of a file. */
    private static final DescribedPredicate<JavaClass> MAY_USE_FOREIGN_MEMORY = resideInAPackage(
                    "dev.narwhal.master.posix..")
            .or(resideInAPackage(Narwhal.CONTRACT).and(belongTo(simpleNameStartingWith("Scoreboard"))))
            .or(resideInAnyPackage(Narwhal.WORKER, Narwhal.UNDERTOW).and(simpleNameStartingWith("Inherited")))
            .or(resideInAPackage("dev.narwhal.session.lmdb").and(simpleName("Reserved")));

    @Test
    void foreign_functions_and_memory_stay_in_their_places() {
        noClasses()
                .that(DescribedPredicate.not(MAY_USE_FOREIGN_MEMORY))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(Narwhal.CLASSES);
    }

    @Test
    void signals_are_handled_by_one_class_of_each_process() {
        assertThat(handlersOfSignals("dev.narwhal.master")).hasSizeLessThanOrEqualTo(1);
        assertThat(handlersOfSignals("dev.narwhal.worker", "dev.narwhal.undertow"))
                .hasSizeLessThanOrEqualTo(1);
    }

    private static List<String> handlersOfSignals(String... packages) {
        return Narwhal.CLASSES.stream()
                .filter(type -> List.of(packages).stream()
                        .anyMatch(name -> type.getPackageName().equals(name)
                                || type.getPackageName().startsWith(name + ".")))
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency ->
                                dependency.getTargetClass().getName().equals("sun.misc.Signal")))
                .map(EdgesTest::topLevel)
                .distinct()
                .toList();
    }

    private static String topLevel(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    @Test
    void a_process_ends_in_its_main_class() {
        noClasses()
                .that(DescribedPredicate.not(simpleName("Main").or(simpleNameEndingWith("Main"))))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .check(Narwhal.CLASSES);
    }
}
