package dev.narwhal.master.serve;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.arbiter.Successor;
import java.time.Duration;
import java.util.Optional;

/** What a master says to the one whose place it is to take: one line for each fact. The two may be of different versions. */
final class SuccessorLine {

    private SuccessorLine() {}

    static String format(Successor fact) {
        return switch (fact) {
            case Successor.Preparing() -> "preparing";
            case Successor.Booting(Duration limit) -> "booting " + limit.toMillis();
            case Successor.Ready() -> "ready";
            case Successor.GivesUp(ExitCode code, String reason) ->
                "failed " + code.status() + " " + reason.replaceAll("\\s+", " ");
            case Successor.Started _, Successor.NotStarted _, Successor.Ended _ ->
                throw new IllegalArgumentException("its own parent sees that: " + fact);
        };
    }

    /** Nothing for a line that is not known. */
    static Optional<Successor> parse(String line) {
        var words = line.split(" ", 3);
        return switch (words[0]) {
            case "preparing" -> Optional.of(new Successor.Preparing());
            case "booting" -> number(words).map(millis -> new Successor.Booting(Duration.ofMillis(millis)));
            case "ready" -> Optional.of(new Successor.Ready());
            case "failed" ->
                number(words)
                        .map(code -> new Successor.GivesUp(
                                ExitCode.of(code).orElse(ExitCode.BOOT),
                                words.length > 2 ? words[2] : "it did not say why"));
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> number(String[] words) {
        return words.length > 1 && words[1].matches("[0-9]{1,9}")
                ? Optional.of(Integer.valueOf(words[1]))
                : Optional.empty();
    }
}
