package dev.narwhal.master.observe;

import com.google.gson.GsonBuilder;
import dev.narwhal.contract.ScoreboardAnswers;
import dev.narwhal.contract.ScoreboardContexts;
import dev.narwhal.contract.ScoreboardSessions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the masters before this one have counted: a server's counters go on when another master takes its place. What the last workers of a master do
 * after it has left its place is in no count.
 *
 * @param requests begun
 * @param spawns workers spawned
 * @param exits workers ended, by cause
 * @param losses workers that stopped serving, by cause
 * @param adaptations how the number of workers followed the load
 * @param reloads how reloads ended
 * @param boots how long workers took to boot
 * @param preparations how long releases took to be prepared
 * @param pauses of garbage collectors
 * @param answers how requests ended
 * @param sessions what happened to sessions
 * @param contexts the same for each context
 * @param releases what became of the last ones
 * @param sinceMillis when they were zero, by the clock; 0 if that is not known
 */
public record Legacy(
        long requests,
        long spawns,
        Map<String, Long> exits,
        Map<String, Long> losses,
        Map<Totals.Adaptation, Long> adaptations,
        Map<String, Long> reloads,
        Totals.Times boots,
        Totals.Times preparations,
        Totals.Times pauses,
        ScoreboardAnswers.Snapshot answers,
        ScoreboardSessions.Snapshot sessions,
        List<ScoreboardContexts.Row> contexts,
        List<Chronicle.Change> releases,
        long sinceMillis) {

    static final Legacy NONE = new Legacy(
            0,
            0,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Totals.Times.NONE,
            Totals.Times.NONE,
            Totals.Times.NONE,
            ScoreboardAnswers.Snapshot.NONE,
            ScoreboardSessions.Snapshot.NONE,
            List.of(),
            List.of(),
            0);

    public Legacy {
        exits = Map.copyOf(exits);
        losses = Map.copyOf(losses);
        adaptations = Map.copyOf(adaptations);
        reloads = Map.copyOf(reloads);
        contexts = List.copyOf(contexts);
        releases = releases == null ? List.of() : List.copyOf(releases); // a version before told nothing of them
    }

    /** One line of JSON. */
    public String text() {
        return new GsonBuilder().enableComplexMapKeySerialization().create().toJson(this);
    }

    /** What {@link #text} wrote; empty if it was written by a version that counts otherwise. */
    public static Optional<Legacy> parse(String text) {
        try {
            var legacy = new GsonBuilder()
                    .enableComplexMapKeySerialization()
                    .create()
                    .fromJson(text, Legacy.class);
            return Optional.ofNullable(legacy).filter(Legacy::fits);
        } catch (RuntimeException _) { // what Gson throws when a record refuses its components
            return Optional.empty();
        }
    }

    private boolean fits() {
        return boots != null
                && preparations != null
                && pauses != null
                && sessions != null
                && answers.durations().size() == NONE.answers.durations().size()
                && answers.statuses().size() == NONE.answers.statuses().size();
    }
}
