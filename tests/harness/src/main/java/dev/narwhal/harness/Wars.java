package dev.narwhal.harness;

import dev.narwhal.harness.probe.EnvironmentServlet;
import dev.narwhal.harness.probe.FragileListener;
import dev.narwhal.harness.probe.ReleaseServlet;
import java.nio.file.Files;
import java.nio.file.Path;

/** The web applications under test. */
public final class Wars {

    private Wars() {}

    /** A sample of {@code war-samples}, as built. */
    public static Path sample(String name) {
        return existing(Distribution.root().resolve("war-samples/" + name + "/target/" + name + ".war"));
    }

    /** Jolokia's agent, unmodified, as the build copied it. */
    public static Path jolokia() {
        return existing(Path.of("target/wars/jolokia.war").toAbsolutePath());
    }

    /**
     * The sample {@code crashtest} and two parts more: {@link FragileListener} makes a deployment fail on demand,
     * {@link EnvironmentServlet} tells what a worker was given.
     */
    public static WarBuilder probe() {
        return WarBuilder.copyOf(sample("crashtest")).classes(FragileListener.class, EnvironmentServlet.class);
    }

    /**
     * A release of an application that tells its name at {@code /release}.
     *
     * @param failing which one of so many requests there fails; 0: none
     */
    public static WarBuilder release(String name, int failing) {
        return WarBuilder.copyOf(sample("crashtest"))
                .classes(ReleaseServlet.class, FragileListener.class, EnvironmentServlet.class)
                .file("WEB-INF/release", name + " " + failing);
    }

    private static Path existing(Path war) {
        if (!Files.isRegularFile(war)) {
            throw new IllegalStateException(
                    "looking for a WAR under test: no " + war + ". Build it with ./mvnw verify -DskipTests.");
        }
        return war;
    }
}
