package dev.narwhal.contract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of the short-lived child that prepares applications: unpacks them, merges their descriptors and leaves
 * the result in the cache.
 *
 * @param wars the applications, in the order of the command line
 * @param cache the directory for prepared applications; created, owner-only, when missing
 * @param migrate whether applications written for {@code javax.servlet} are migrated to {@code jakarta.servlet}
 * @param report the inherited file descriptor that {@link PrepareMessage}s are written to
 * @param logLevel SLF4J's name: {@code trace debug info warn error}
 * @param libraries JAR files and directories of classes that every application sees
 * @param resources the names of what the operator provides below {@code java:comp/env/}
 */
public record PrepareSpec(
        List<War> wars,
        Path cache,
        boolean migrate,
        int report,
        String logLevel,
        List<Path> libraries,
        List<String> resources) {

    /**
     * One application.
     *
     * @param path a WAR file or an exploded directory
     * @param contextPath empty for the root, otherwise {@code /name}
     */
    public record War(Path path, String contextPath) {}

    public PrepareSpec {
        wars = List.copyOf(wars);
        libraries = List.copyOf(libraries);
        resources = List.copyOf(resources);
    }

    public List<String> toArguments() {
        var arguments = new ArrayList<String>();
        arguments.add("cache=" + cache);
        arguments.add("migrate=" + migrate);
        arguments.add("report=" + report);
        arguments.add("log-level=" + logLevel);
        wars.forEach(war -> arguments.add("war=" + war.contextPath() + "=" + war.path()));
        libraries.forEach(library -> arguments.add("library=" + library));
        resources.forEach(name -> arguments.add("resource=" + name));
        return arguments;
    }

    public static PrepareSpec ofArguments(List<String> arguments) {
        var options = new Arguments(arguments);
        return new PrepareSpec(
                options.all("war").stream()
                        .map(Arguments::pair)
                        .map(pair -> new War(Path.of(pair.getValue()), pair.getKey()))
                        .toList(),
                Path.of(options.one("cache")),
                Boolean.parseBoolean(options.optional("migrate").orElse("true")),
                Integer.parseInt(options.one("report")),
                options.one("log-level"),
                options.all("library").stream().map(Path::of).toList(),
                options.all("resource"));
    }
}
