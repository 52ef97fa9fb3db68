package dev.narwhal.master.process;

import dev.narwhal.master.posix.Fd;
import java.util.List;
import java.util.Map;

/**
 * A child to start.
 *
 * @param command the executable's path and its arguments
 * @param environment all of its environment; nothing is added
 * @param stdin what it reads as its standard input
 * @param stdout where its standard output goes
 * @param stderr where its standard error goes
 * @param fds what it inherits besides
 */
public record Launch(
        List<String> command, Map<String, String> environment, Fd stdin, Fd stdout, Fd stderr, ChildFds fds) {

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A child that writes to the standard output and error of this process. */
    public Launch(List<String> command, Map<String, String> environment, Fd stdin, ChildFds fds) {
        this(command, environment, stdin, Fd.STANDARD_OUTPUT, Fd.STANDARD_ERROR, fds);
    }

    /** The same with another standard output and error. */
    public Launch with(Fd output, Fd error) {
        return new Launch(command, environment, stdin, output, error, fds);
    }

    /** The same with another standard output. */
    public Launch withOutput(Fd output) {
        return new Launch(command, environment, stdin, output, stderr, fds);
    }
}
