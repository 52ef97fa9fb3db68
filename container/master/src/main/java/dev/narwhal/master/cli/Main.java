package dev.narwhal.master.cli;

import dev.narwhal.master.config.MachineLimits;
import dev.narwhal.master.process.CacheDirectory;
import dev.narwhal.master.serve.InspectChild;
import dev.narwhal.master.serve.Installation;
import dev.narwhal.master.serve.Invocation;
import dev.narwhal.master.serve.Master;
import java.nio.file.Path;
import java.util.List;

/** The {@code narwhal} command. {@code bin/narwhal} says where the distribution is with {@code -Dnarwhal.home}. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        var environment = System.getenv();
        var installation = new Installation(
                Path.of(System.getProperty("narwhal.home", ".")).toAbsolutePath(),
                Path.of(System.getProperty("java.home")),
                CacheDirectory.of(environment, System.getProperty("user.home")));
        var machine = MachineLimits.read();
        System.exit(Commands.execute(
                List.of(args),
                environment,
                Path.of("").toAbsolutePath(),
                System.out,
                System.err,
                new Master(installation, environment, machine, new Invocation(launcher(installation), List.of(args))),
                new InspectChild(installation, environment, machine),
                PasswordSource.of(System.in)));
    }

    private static Path launcher(Installation installation) {
        var launcher = System.getProperty("narwhal.launcher", "");
        return launcher.isEmpty() ? installation.home().resolve("bin/narwhal") : Path.of(launcher);
    }
}
