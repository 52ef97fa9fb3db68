package dev.narwhal.worker.check;

import dev.narwhal.worker.feature.Pages;
import dev.narwhal.worker.war.RemovedModule;
import java.util.List;
import java.util.Optional;

/** Something that was found in an application, as data; {@link Wording} says what it means. */
sealed interface Finding {

    /**
     * A throw-away worker deployed it.
     *
     * @param declared what descriptors and annotations declare
     * @param registering whether its code may have registered more
     */
    record Deployed(long millis, Declared declared, boolean registering, int jars) implements Finding {}

    record Declared(int servlets, int filters, int listeners) {}

    /** A throw-away worker could not. */
    record Refused(String reason) implements Finding {}

    /** It was written for {@code javax.servlet}. */
    record Migrated() implements Finding {}

    /** What preparing it warns of, as a sentence. */
    record Told(String sentence) implements Finding {}

    /** Its pages were compiled. */
    record CompiledPages(int pages) implements Finding {}

    /** A page cannot be compiled. */
    record BadPage(Pages.Problem problem) implements Finding {}

    /**
     * The application's own classes use an API that nobody provides.
     *
     * @param uses {@code com.acme.Orders (jakarta.ejb.EJB)}
     */
    record MissingApi(Api api, List<String> uses) implements Finding {
        public MissingApi {
            uses = List.copyOf(uses);
        }
    }

    /**
     * The application's own classes refer to classes that nothing has.
     *
     * @param uses {@code com.acme.tool (3 classes, used by com.acme.Orders)}
     */
    record MissingClasses(List<String> uses) implements Finding {
        public MissingClasses {
            uses = List.copyOf(uses);
        }
    }

    /** Components want something injected that only an application server injects. */
    record NotInjected(List<String> places) implements Finding {
        public NotInjected {
            places = List.copyOf(places);
        }
    }

    /**
     * A library refers to an API of {@code javax} that nobody provides, in an application that was not migrated.
     *
     * @param packages such as {@code javax.servlet}
     */
    record OldLibrary(String jar, List<String> packages) implements Finding {
        public OldLibrary {
            packages = List.copyOf(packages);
        }
    }

    /**
     * What libraries can use but need not.
     *
     * @param libraries {@code spring-web.jar: com.fasterxml.jackson (12), …}
     */
    record OptionalClasses(int classes, List<String> libraries) implements Finding {
        public OptionalClasses {
            libraries = List.copyOf(libraries);
        }
    }

    /**
     * Libraries count on what the JDK had in former times and nothing provides.
     *
     * @param jars which libraries
     */
    record Removed(RemovedModule module, List<String> jars) implements Finding {
        public Removed {
            jars = List.copyOf(jars);
        }
    }

    /** A reference of the descriptor or of {@code @Resource} that nothing provides. */
    record NoSuchResource(String name, Optional<String> type, String key) implements Finding {}

    /** Names that the application's own classes contain and that nothing provides. */
    record UnknownName(String name, List<String> places) implements Finding {
        public UnknownName {
            places = List.copyOf(places);
        }
    }

    /**
     * Values put into sessions that cannot be stored.
     *
     * @param values {@code cart: com.acme.Cart (com.acme.CartServlet.doPost, line 42)}
     */
    record UnserializableValues(List<String> values) implements Finding {
        public UnserializableValues {
            values = List.copyOf(values);
        }
    }

    /** A library that brings an API of the server. */
    record UselessLibrary(String jar, String what) implements Finding {}

    /** A library that is a server. */
    record ServerLibrary(String jar, String server) implements Finding {}

    /**
     * JARs with classes of the same names.
     *
     * @param differing whether some of the classes are not the same, or all of them are copies
     * @param pairs what two JARs have in common, the one that wins first
     */
    record SameClasses(boolean differing, List<String> pairs) implements Finding {
        public SameClasses {
            pairs = List.copyOf(pairs);
        }
    }

    /** One library in several versions. */
    record SeveralVersions(String library, List<String> jars) implements Finding {
        public SeveralVersions {
            jars = List.copyOf(jars);
        }
    }

    /** Classes for a newer Java than this one. */
    record TooNew(String place, int javaVersion, String example) implements Finding {}

    /**
     * Native libraries.
     *
     * @param threaded whether {@code --dispatch auto} takes notice: they are files of the WAR itself and not inside JARs
     */
    record NativeCode(boolean threaded, List<String> files) implements Finding {
        public NativeCode {
            files = List.copyOf(files);
        }
    }

    /**
     * Whether it may run in several JVMs.
     *
     * @param marked whether it says so itself
     * @param against what was found that speaks against it
     */
    record Distribution(boolean marked, List<String> against) implements Finding {
        public Distribution {
            against = List.copyOf(against);
        }
    }
}
