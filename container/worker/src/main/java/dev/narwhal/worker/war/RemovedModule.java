package dev.narwhal.worker.war;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the JDK had until Java 10 and applications of that time count on, on any server. The names stay those of {@code javax}. */
public enum RemovedModule {
    BINDING("JAXB", "jakarta.xml.bind-api 2.3 and jaxb-runtime 2.3", "javax.xml.bind."),
    WEB_SERVICES("JAX-WS", "jaxws-rt 2.3 with what it needs", "javax.xml.ws.", "javax.xml.soap.", "javax.jws."),
    ACTIVATION("the Activation Framework", "jakarta.activation 1.2", "javax.activation."),
    CORBA("CORBA", "an ORB of another maker", "org.omg.CORBA.", "javax.rmi.CORBA.");

    private final String title;
    private final String libraries;
    private final Pattern classes;

    RemovedModule(String title, String libraries, String... packages) {
        this.title = title;
        this.libraries = libraries;
        this.classes = Pattern.compile(Stream.of(packages).map(Pattern::quote).collect(Collectors.joining("|")));
    }

    /** As people call it. */
    public String title() {
        return title;
    }

    /** What to do without it. */
    public String remedy() {
        return "Add " + libraries + " to WEB-INF/lib or --lib.";
    }

    /** The module that had a class, with dots or, as errors name it, with slashes. */
    public static Optional<RemovedModule> of(String className) {
        var name = className.replace('/', '.');
        return Arrays.stream(values())
                .filter(module -> module.classes.matcher(name).lookingAt())
                .findFirst();
    }
}
