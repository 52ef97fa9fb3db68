package dev.narwhal.master.serve;

import dev.narwhal.master.observe.Legacy;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a master leaves to its successor in the moment in which that one takes its place: the line on that one's standard input. The two may be of different
 * versions, so what is missing is as if there were none.
 *
 * @param asked how many workers are wanted, if another number than is configured
 * @param counted until then
 */
record Bequest(OptionalInt asked, Optional<Legacy> counted) {

    private static final String YOURS = "yours";

    String line() {
        return "%s %d %s"
                .formatted(YOURS, asked.orElse(0), counted.map(Legacy::text).orElse(""));
    }

    /** Nothing for a line that gives nothing. */
    static Optional<Bequest> parse(String line) {
        var words = line.split(" ", 3);
        if (!words[0].equals(YOURS)) {
            return Optional.empty();
        }
        int workers = words.length > 1 && words[1].matches("[0-9]{1,9}") ? Integer.parseInt(words[1]) : 0;
        return Optional.of(new Bequest(
                workers > 0 ? OptionalInt.of(workers) : OptionalInt.empty(),
                words.length > 2 ? Legacy.parse(words[2]) : Optional.empty()));
    }
}
