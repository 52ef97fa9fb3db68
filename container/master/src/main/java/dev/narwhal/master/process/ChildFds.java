package dev.narwhal.master.process;

import dev.narwhal.master.posix.Fd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a child inherits above its standard streams, and under which numbers: the listening sockets from 3 on, then the pipe for its
 * reports, then the scoreboard, then the resources, then the password of the session store, then the standard output of the master.
 */
public record ChildFds(
        List<Fd> listeners,
        Optional<Fd> scoreboard,
        Optional<Fd> resources,
        Optional<Fd> password,
        Optional<Fd> output) {

    private static final int FIRST = 3;

    public ChildFds {
        listeners = List.copyOf(listeners);
    }

    public ChildFds(List<Fd> listeners, Optional<Fd> scoreboard, Optional<Fd> resources) {
        this(listeners, scoreboard, resources, Optional.empty(), Optional.empty());
    }

    /** The same with other resources. */
    public ChildFds with(Optional<Fd> otherResources) {
        return new ChildFds(listeners, scoreboard, otherResources, password, output);
    }

    /** The same for a child that writes some lines past the master that reads its output. */
    public ChildFds withOutput(Fd masterOutput) {
        return new ChildFds(listeners, scoreboard, resources, password, Optional.of(masterOutput));
    }

    /** For a child that serves nobody: its report pipe is 3. */
    public static ChildFds reportOnly() {
        return new ChildFds(List.of(), Optional.empty(), Optional.empty());
    }

    /** The number in the child of the listener with that place in {@link #listeners}. */
    public int listener(int index) {
        return FIRST + index;
    }

    /** The number in the child of its end of the report pipe. */
    public int report() {
        return FIRST + listeners.size();
    }

    /** The number in the child of the scoreboard. */
    public int scoreboardNumber() {
        return report() + 1;
    }

    /** The number in the child of what applications find by name, if there is anything. */
    public OptionalInt resourcesNumber() {
        return resources.isPresent() ? OptionalInt.of(scoreboardNumber() + 1) : OptionalInt.empty();
    }

    /** The number in the child of the password of the session store, if there is one. */
    public OptionalInt passwordNumber() {
        return password.isPresent()
                ? OptionalInt.of(scoreboardNumber() + 1 + (resources.isPresent() ? 1 : 0))
                : OptionalInt.empty();
    }

    /** The number in the child of the master's standard output, if it has it. */
    public OptionalInt outputNumber() {
        return output.isPresent() ? OptionalInt.of(FIRST + sources(output.get()).size() - 1) : OptionalInt.empty();
    }

    /** All in the child's order, from 3 on. */
    List<Fd> sources(Fd reportEnd) {
        var sources = new ArrayList<>(listeners);
        sources.add(reportEnd);
        scoreboard.ifPresent(sources::add);
        resources.ifPresent(sources::add);
        password.ifPresent(sources::add);
        output.ifPresent(sources::add);
        return sources;
    }
}
