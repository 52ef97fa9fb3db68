package dev.narwhal.master.observe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A number that is measured, as it is at one moment, for whoever sends it somewhere. Times are in seconds, sizes in bytes. */
public sealed interface Measure {

    /** What all have that is measured in the same way: {@code narwhal.worker.resident.bytes}; its last word is the unit, if it has one. */
    String name();

    /** A sentence for those who look at it. */
    String description();

    /** What this one is about, by name. */
    SequencedMap<String, String> labels();

    /** What has happened so often, ever. */
    record Count(String name, String description, SequencedMap<String, String> labels, double value)
            implements Measure {

        public Count {
            labels = copy(labels);
        }
    }

    /** What there is now. */
    record Level(String name, String description, SequencedMap<String, String> labels, double value)
            implements Measure {

        public Level {
            labels = copy(labels);
        }
    }

    /** What has happened so often, ever, and how long it took in all. */
    record Times(String name, String description, SequencedMap<String, String> labels, long count, double sum)
            implements Measure {

        public Times {
            labels = copy(labels);
        }
    }

    /**
     * The same, and how many took how long.
     *
     * @param bounds the upper bounds, in order
     * @param counts one for each bound, and one for all beyond the last
     */
    record Spread(
            String name,
            String description,
            SequencedMap<String, String> labels,
            List<Double> bounds,
            List<Long> counts,
            double sum)
            implements Measure {

        public Spread {
            labels = copy(labels);
            bounds = List.copyOf(bounds);
            counts = List.copyOf(counts);
        }
    }

    private static SequencedMap<String, String> copy(Map<String, String> labels) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(labels));
    }
}
