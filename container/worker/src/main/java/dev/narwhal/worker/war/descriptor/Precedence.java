package dev.narwhal.worker.war.descriptor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What has to come before what. */
final class Precedence {

    private final Map<String, Set<String>> later = new TreeMap<>();
    private final Map<String, Set<String>> earlier = new TreeMap<>();
    private final Set<String> names;

    Precedence(Collection<String> names) {
        this.names = new TreeSet<>(names);
    }

    void put(String first, String second) {
        later.computeIfAbsent(first, _ -> new TreeSet<>()).add(second);
        earlier.computeIfAbsent(second, _ -> new TreeSet<>()).add(first);
    }

    /** Some names and everything that has to come before one of them. */
    Set<String> withEarlier(Collection<String> some) {
        return closure(some, earlier);
    }

    /** Some names and everything that has to come after one of them. */
    Set<String> withLater(Collection<String> some) {
        return closure(some, later);
    }

    private static Set<String> closure(Collection<String> some, Map<String, Set<String>> next) {
        var found = new HashSet<String>();
        var open = new ArrayList<>(some);
        while (!open.isEmpty()) {
            var name = open.removeLast();
            if (found.add(name)) {
                open.addAll(next.getOrDefault(name, Set.of()));
            }
        }
        return found;
    }

    /**
     * The names in order, among equals by name, so that the result depends on nothing else. Names that contradict each other, and
     * those behind them, are missing.
     */
    List<String> sorted() {
        var order = new ArrayList<String>();
        var waiting = new TreeSet<>(names);
        while (true) {
            var free = waiting.stream()
                    .filter(name -> order.containsAll(earlier.getOrDefault(name, Set.of())))
                    .findFirst();
            if (free.isEmpty()) {
                return order;
            }
            order.add(free.get());
            waiting.remove(free.get());
        }
    }
}
