package dev.narwhal.master.serve;

import dev.narwhal.master.config.Settings;
import dev.narwhal.master.process.ChildFds;
import dev.narwhal.master.process.Launch;
import dev.narwhal.master.process.Lifeline;
import dev.narwhal.master.process.WorkerCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What all children have in common.
 *
 * @param command makes their command lines
 * @param environment the master's own
 * @param extra the operator's {@code --env}
 * @param lifeline their standard input
 */
record Children(WorkerCommand command, Map<String, String> environment, Map<String, String> extra, Lifeline lifeline) {

    /** Applications can read their environment; the URL of the session store may have a password, and a header for metrics a key. */
    Children {
        environment = new HashMap<>(environment);
        environment.remove(Settings.SESSIONS.variable());
        environment.remove(Settings.OTLP_HEADER.variable());
    }

    Launch launch(List<String> words, ChildFds fds) {
        return launch(words, Map.of(), fds);
    }

    /** With variables that only this child gets. */
    Launch launch(List<String> words, Map<String, String> own, ChildFds fds) {
        var variables = new HashMap<>(environment);
        variables.putAll(own);
        variables.putAll(extra);
        return new Launch(words, variables, lifeline.readEnd(), fds);
    }
}
