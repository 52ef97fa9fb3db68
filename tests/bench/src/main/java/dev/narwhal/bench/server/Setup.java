package dev.narwhal.bench.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What all servers have in common.
 *
 * @param home the directory of Narwhal's distribution
 * @param war the directory of the web application
 * @param heapMib for all JVMs of a server together that run the application
 * @param narwhalJavaOptions further ones for Narwhal's workers
 * @param tomcatJavaOptions further ones for Tomcat
 */
public record Setup(Path home, Path war, int heapMib, List<String> narwhalJavaOptions, List<String> tomcatJavaOptions) {

    public static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    public Setup {
        narwhalJavaOptions = List.copyOf(narwhalJavaOptions);
        tomcatJavaOptions = List.copyOf(tomcatJavaOptions);
    }

    /** The command that runs a class of the bench in a JVM of its own. */
    public List<String> java(List<String> options, Class<?> main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(JAVA_HOME.resolve("bin").resolve("java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }
}
