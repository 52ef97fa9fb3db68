package dev.narwhal.master.observe;

import dev.narwhal.contract.ScoreboardAnswers;
import java.time.Duration;
import java.util.List;

/**
 * A server at one moment, for those who look again and again: rates and percentiles are differences of two of these. Its JSON is what {@code GET /live}
 * answers, see {@code docs/control.md}.
 *
 * @param atMillis since the master started; a clock that never jumps
 * @param status the server and its workers
 * @param requests the oldest in flight
 * @param statuses answers with a status of 1xx, 2xx, 3xx, 4xx and 5xx
 * @param unanswered requests that ended without an answer
 * @param boundsMillis the upper bounds of {@code durations}
 * @param durations requests by how long they took: one number for each bound, and one for all that took longer
 * @param waitMillis how long all requests have waited in their workers for a thread
 * @param sessions in the store
 * @param releases what became of the last ones, the newest first
 */
public record Live(
        long atMillis,
        ServerStatus status,
        List<ServerStatus.Request> requests,
        List<ServerStatus.Listening> listeners,
        List<Long> statuses,
        long unanswered,
        List<Long> boundsMillis,
        List<Long> durations,
        long waitMillis,
        long sessions,
        List<Chronicle.Change> releases) {

    private static final int MOST_REQUESTS = 25;

    public Live {
        requests = List.copyOf(requests);
        listeners = List.copyOf(listeners);
        statuses = List.copyOf(statuses);
        boundsMillis = List.copyOf(boundsMillis);
        durations = List.copyOf(durations);
        releases = List.copyOf(releases);
    }

    /** Looks. Any thread. */
    public static Live of(Observer observer) {
        var answers = observer.answers();
        return new Live(
                observer.age().toMillis(),
                observer.status(),
                observer.requests().stream().limit(MOST_REQUESTS).toList(),
                observer.listening(),
                answers.statuses(),
                answers.unanswered(),
                ScoreboardAnswers.BOUNDS.stream().map(Duration::toMillis).toList(),
                answers.durations(),
                Duration.ofNanos(answers.waitNanos()).toMillis(),
                observer.sessions().live(),
                observer.totals().chronicle().changes());
    }
}
