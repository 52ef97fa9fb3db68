package dev.narwhal.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a server that is steered has what belongs to it: a WAR that is replaced while it runs, and the control socket.
 *
 * @param directory for both
 */
public record Premises(Path directory) {

    /** What it serves; nothing is there before a test has written it. */
    public Path war() {
        return directory.resolve("app.war");
    }

    private Path socket() {
        return directory.resolve("ctl.sock");
    }

    /** {@code narwhal run} of {@link #war()} with these options. */
    public Launch run(Object... options) {
        return Launch.run(Stream.concat(Stream.of(options), Stream.of(war())).toArray())
                .with("NARWHAL_CONTROL_SOCKET", socket());
    }

    /** Serves the release {@code A}. */
    public RunningNarwhal start(Narwhals narwhals, Object... options) {
        Wars.release("A", 0).write(war());
        return narwhals.startLaunch(run(options));
    }

    /** {@code narwhal ctl}. */
    public Launch.Finished ctl(String... words) {
        var arguments = new ArrayList<Object>(List.of("ctl", "--socket=" + socket()));
        arguments.addAll(List.of(words));
        return Launch.of(arguments.toArray()).finish();
    }
}
