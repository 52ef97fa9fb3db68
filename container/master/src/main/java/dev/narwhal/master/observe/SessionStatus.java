package dev.narwhal.master.observe;

import dev.narwhal.contract.ScoreboardContexts;
import dev.narwhal.contract.ScoreboardSessions;
import java.util.List;

/**
 * What happened to sessions since the server was started, as {@code narwhal ctl sessions} shows it.
 *
 * @param all of them together
 * @param contexts what happened to those of each context, in the order of their paths
 */
public record SessionStatus(ScoreboardSessions.Snapshot all, List<ScoreboardContexts.Row> contexts) {

    public SessionStatus {
        contexts = List.copyOf(contexts);
    }
}
