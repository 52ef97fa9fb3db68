package dev.narwhal.master.posix;

import java.util.List;
import java.util.Map;

/**
 * What a child is started with.
 *
 * @param command the executable's path, which is not searched for, and its arguments
 * @param environment all of the child's environment
 * @param fds what the child's descriptors 0, 1, 2, … are copies of; it has no others
 */
public record SpawnRequest(List<String> command, Map<String, String> environment, List<Fd> fds) {

    public SpawnRequest {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("spawning a child: the command is empty");
        }
        if (fds.size() < 3) {
            throw new IllegalArgumentException("spawning " + command.getFirst()
                    + ": standard input, output and error must be given, found " + fds);
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        fds = List.copyOf(fds);
    }
}
