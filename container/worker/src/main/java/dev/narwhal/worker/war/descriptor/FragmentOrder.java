package dev.narwhal.worker.war.descriptor;

import dev.narwhal.worker.war.WarException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which JARs take part and in what order (Servlet 6.1 §8.2.2).
 *
 * @param jars file names of the JARs that take part
 * @param declared whether any ordering was asked for
 */
record FragmentOrder(List<String> jars, boolean declared) {

    /**
     * A JAR and what its {@code web-fragment.xml} says.
     *
     * @param jar the file name
     * @param name empty for a JAR that cannot be named by others
     * @param before names of fragments that come later
     * @param after names of fragments that come earlier
     */
    record Fragment(
            String jar,
            String name,
            List<String> before,
            boolean beforeOthers,
            List<String> after,
            boolean afterOthers) {

        boolean hasOrdering() {
            return beforeOthers || afterOthers || !before.isEmpty() || !after.isEmpty();
        }
    }

    /** What stands for {@code <others/>} in an absolute ordering; no XML name can be the same. */
    static final String OTHERS = "<others/>";

    FragmentOrder {
        jars = List.copyOf(jars);
    }

    /**
     * Puts the fragments in order.
     *
     * @param absolute the names of {@code <absolute-ordering>}
     * @param fragments by file name
     */
    static FragmentOrder of(Optional<List<String>> absolute, List<Fragment> fragments, String war) throws WarException {
        return absolute.isPresent()
                ? new FragmentOrder(absolute(absolute.get(), fragments), true)
                : relative(fragments, war);
    }

    private static List<String> absolute(List<String> names, List<Fragment> fragments) {
        var jars = new ArrayList<String>();
        for (var name : new LinkedHashSet<>(names)) {
            for (var fragment : fragments) {
                boolean wanted = name.equals(OTHERS)
                        ? fragment.name().isEmpty() || !names.contains(fragment.name())
                        : fragment.name().equals(name);
                if (wanted) {
                    jars.add(fragment.jar());
                }
            }
        }
        return jars;
    }

    private static FragmentOrder relative(List<Fragment> fragments, String war) throws WarException {
        refuseDuplicates(fragments, war);
        var jars = fragments.stream().map(Fragment::jar).toList();
        if (fragments.stream().noneMatch(Fragment::hasOrdering)) {
            return new FragmentOrder(jars, false);
        }
        var precedence = precedence(fragments);
        // A fragment that has to precede one that is before all others is itself before all others, and so on.
        var first = precedence.withEarlier(
                jarsOf(fragments, fragment -> fragment.beforeOthers() && !fragment.afterOthers()));
        var last =
                precedence.withLater(jarsOf(fragments, fragment -> fragment.afterOthers() && !fragment.beforeOthers()));
        for (var jar : jars) {
            for (var other : jars) {
                boolean precedes = (first.contains(jar) && !first.contains(other))
                        || (!last.contains(jar) && last.contains(other));
                if (precedes) {
                    precedence.put(jar, other);
                }
            }
        }
        var order = precedence.sorted();
        if (order.size() < jars.size()) {
            throw contradiction(fragments, order, war);
        }
        return new FragmentOrder(order, true);
    }

    private static List<String> jarsOf(List<Fragment> fragments, Predicate<Fragment> which) {
        return fragments.stream().filter(which).map(Fragment::jar).toList();
    }

    private static void refuseDuplicates(List<Fragment> fragments, String war) throws WarException {
        var seen = new HashMap<String, String>();
        for (var fragment : fragments) {
            var other = fragment.name().isEmpty() ? null : seen.put(fragment.name(), fragment.jar());
            if (other != null) {
                throw new WarException("ordering the fragments of " + war + ": " + other + " and " + fragment.jar()
                        + " have the same name '" + fragment.name()
                        + "'. Remove one of the JARs, or add <absolute-ordering> to web.xml.");
            }
        }
    }

    private static Precedence precedence(List<Fragment> fragments) {
        var jars = fragments.stream()
                .filter(fragment -> !fragment.name().isEmpty())
                .collect(Collectors.toMap(Fragment::name, Fragment::jar));
        var precedence = new Precedence(fragments.stream().map(Fragment::jar).toList());
        for (var fragment : fragments) {
            fragment.before().stream()
                    .flatMap(name -> Stream.ofNullable(jars.get(name)))
                    .forEach(jar -> precedence.put(fragment.jar(), jar));
            fragment.after().stream()
                    .flatMap(name -> Stream.ofNullable(jars.get(name)))
                    .forEach(jar -> precedence.put(jar, fragment.jar()));
        }
        return precedence;
    }

    private static WarException contradiction(List<Fragment> fragments, List<String> order, String war) {
        var names = fragments.stream()
                .filter(fragment -> !order.contains(fragment.jar()))
                .map(fragment -> fragment.jar() + (fragment.name().isEmpty() ? "" : " (" + fragment.name() + ")"))
                .collect(Collectors.joining(", "));
        return new WarException("ordering the fragments of " + war
                + ": the <before> and <after> of these JARs contradict each other: " + names
                + ". Add <absolute-ordering> to web.xml.");
    }
}
