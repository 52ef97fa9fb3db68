package dev.narwhal.undertow.security;

import dev.narwhal.worker.war.Security.Access;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which constraints hold for a request, and what they come to together (Servlet 6.1 §13.8). Immutable. */
final class Constraints {

    /**
     * A constraint for one URL pattern.
     *
     * @param methods only these; empty: all but the omissions
     * @param omissions none of these
     */
    record Rule(String pattern, List<String> methods, List<String> omissions, Access access, boolean confidential) {

        Rule {
            methods = List.copyOf(methods);
            omissions = List.copyOf(omissions);
        }

        private boolean covers(String method) {
            return methods.isEmpty() ? !omissions.contains(method) : methods.contains(method);
        }
    }

    /** What is asked of a request. */
    record Demand(Access access, boolean confidential) {

        static final Demand NOTHING = new Demand(Access.PERMIT, false);
    }

    private final Map<String, List<Rule>> byPattern = new HashMap<>();
    private final boolean denyUncovered;

    /**
     * Constraints of an application.
     *
     * @param denyUncovered {@code <deny-uncovered-http-methods>}: what a pattern's constraints do not cover is denied
     */
    Constraints(List<Rule> rules, boolean denyUncovered) {
        rules.forEach(rule -> byPattern
                .computeIfAbsent(rule.pattern(), _ -> new ArrayList<>())
                .add(rule));
        this.denyUncovered = denyUncovered;
    }

    /**
     * What a request must fulfil.
     *
     * @param path decoded, without context path and path parameters; {@code /} for the root
     */
    Demand demand(String path, String method) {
        var candidates = bestMatch(path);
        if (candidates == null) {
            return Demand.NOTHING;
        }
        var covering = candidates.stream().filter(rule -> rule.covers(method)).toList();
        if (covering.isEmpty()) {
            return denyUncovered ? new Demand(Access.DENY, false) : Demand.NOTHING;
        }
        // §13.8.1: the connections that any of them takes are taken.
        return new Demand(combine(covering), covering.stream().allMatch(Rule::confidential));
    }

    /**
     * The methods that a pattern's constraints do not cover, in words, by pattern (Servlet 6.1 §13.8.4); none for a pattern all of whose methods are
     * covered.
     */
    SortedMap<String, String> uncovered() {
        var uncovered = new TreeMap<String, String>();
        byPattern.forEach((pattern, rules) -> uncovered(rules).ifPresent(methods -> uncovered.put(pattern, methods)));
        return uncovered;
    }

    private static Optional<String> uncovered(List<Rule> rules) {
        var named = new TreeSet<String>();
        rules.forEach(rule -> named.addAll(rule.methods()));
        var but = rules.stream().filter(rule -> rule.methods().isEmpty()).toList();
        if (but.isEmpty()) {
            return Optional.of("all but " + String.join(", ", named));
        }
        var omitted = new TreeSet<>(but.getFirst().omissions());
        but.forEach(rule -> omitted.retainAll(rule.omissions()));
        omitted.removeAll(named);
        return omitted.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", omitted));
    }

    /** Servlet 6.1 §13.8.1: deny outdoes everything, then everybody outdoes roles, and roles add up. */
    private static Access combine(List<Rule> rules) {
        var roles = new LinkedHashSet<String>();
        boolean everybody = false;
        for (var rule : rules) {
            switch (rule.access().rule()) {
                case DENY -> {
                    return Access.DENY;
                }
                case PERMIT -> everybody = true;
                case ROLES -> roles.addAll(rule.access().roles());
            }
        }
        return everybody ? Access.PERMIT : new Access(Access.Rule.ROLES, List.copyOf(roles));
    }

    /** Servlet 6.1 §13.8.3: the best matching pattern alone counts, found as for servlets (§12.1). */
    private @Nullable List<Rule> bestMatch(String path) {
        // The pattern for the root is the empty one; "/" is what remains when nothing else matches.
        var exact = byPattern.get(path.equals("/") ? "" : path);
        if (exact != null) {
            return exact;
        }
        for (int end = path.length(); end >= 0; end = path.lastIndexOf('/', end - 1)) {
            var prefix = byPattern.get(path.substring(0, end) + "/*");
            if (prefix != null) {
                return prefix;
            }
            if (end == 0) {
                break;
            }
        }
        int dot = path.lastIndexOf('.');
        if (dot > path.lastIndexOf('/')) {
            var extension = byPattern.get("*" + path.substring(dot));
            if (extension != null) {
                return extension;
            }
        }
        return byPattern.get("/");
    }
}
