package dev.narwhal.master.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Did you mean: the known name that a mistyped one is closest to. */
public final class Suggestion {

    private record Candidate(String name, int distance) {}

    private Suggestion() {}

    /** {@code " Did you mean 'workers'?"}, or nothing when no name is close. */
    public static String of(String typed, Collection<String> known) {
        return nearest(typed, known)
                .map(name -> " Did you mean '" + name + "'?")
                .orElse("");
    }

    /** The closest name: with every third letter wrong at most, or else one that begins like it. */
    static Optional<String> nearest(String typed, Collection<String> known) {
        if (typed.length() < 3) {
            return Optional.empty(); // every other short name is a letter or two away
        }
        var close = known.stream()
                .map(name -> new Candidate(name, distance(typed, name)))
                .filter(candidate -> candidate.distance() <= Math.max(1, typed.length() / 3))
                .min(Comparator.comparingInt(Candidate::distance))
                .map(Candidate::name);
        return close.or(() -> known.stream()
                .filter(name -> name.length() > 2 && (name.startsWith(typed) || typed.startsWith(name)))
                .findFirst());
    }

    /** How many letters have to be inserted, removed, replaced or swapped with their neighbour (Damerau-Levenshtein). */
    static int distance(String a, String b) {
        var rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                int replaced = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                rows[i][j] = Math.min(replaced, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[a.length()][b.length()];
    }
}
