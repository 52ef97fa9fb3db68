package dev.narwhal.worker.war.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.worker.war.WarException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servlet 6.1 §8.2.2. In the tables {@code A < B} is "A before B", {@code A > B} "A after B" and {@code *} "others". */
class FragmentOrderTest {

    static Stream<Arguments> relative() {
        return Stream.of(
                Arguments.of("a b c", "a b c"),
                Arguments.of("a>c b c", "b c a"),
                Arguments.of("a b c<a", "b c a"),
                Arguments.of("a b c<*", "c a b"),
                Arguments.of("a>* b c", "b c a"),
                Arguments.of("a>* b>* c", "c a b"),
                Arguments.of("a>*,b b>* c", "c b a"),
                Arguments.of("a b<c c<*", "b c a"), // b has to come before the one that is before others
                Arguments.of("a>b b>* c", "c b a"), // a has to come after the one that is after others
                Arguments.of("a>missing b<missing c", "a b c"),
                // like the example of the specification
                Arguments.of("a>*,c b<* c d>* e f<*,b", "f b c e a d"),
                Arguments.of("b<c c d", "b c d"));
    }

    @ParameterizedTest
    @MethodSource
    void relative(String fragments, String expected) throws WarException {
        assertThat(FragmentOrder.of(Optional.empty(), parse(fragments), "test.war")
                        .jars())
                .containsExactly(jars(expected));
    }

    static Stream<Arguments> absolute() {
        return Stream.of(
                Arguments.of("c a", "c a"),
                Arguments.of("c * a", "c b a"),
                Arguments.of("*", "a b c"),
                Arguments.of("* a", "b c a"),
                Arguments.of("missing b", "b"),
                Arguments.of("b b", "b"));
    }

    @ParameterizedTest
    @MethodSource
    void absolute(String names, String expected) throws WarException {
        var ordering = Stream.of(names.split(" ", -1))
                .map(name -> name.equals("*") ? FragmentOrder.OTHERS : name)
                .toList();

        var order = FragmentOrder.of(Optional.of(ordering), parse("a b c"), "test.war");

        assertThat(order.jars()).containsExactly(jars(expected));
        assertThat(order.declared()).isTrue();
    }

    @Test
    void an_empty_absolute_ordering_excludes_every_jar() throws WarException {
        assertThat(FragmentOrder.of(Optional.of(List.of()), parse("a b"), "test.war")
                        .jars())
                .isEmpty();
    }

    @Test
    void a_jar_without_a_name_is_among_the_others() throws WarException {
        var nameless = new FragmentOrder.Fragment("z.jar", "", List.of(), false, List.of(), false);
        var fragments = new ArrayList<>(parse("a b"));
        fragments.add(nameless);

        assertThat(FragmentOrder.of(Optional.of(List.of(FragmentOrder.OTHERS, "a")), fragments, "test.war")
                        .jars())
                .containsExactly("b.jar", "z.jar", "a.jar");
        assertThat(FragmentOrder.of(Optional.of(List.of("a")), fragments, "test.war")
                        .jars())
                .containsExactly("a.jar");
    }

    @Test
    void without_any_ordering_nothing_is_declared() throws WarException {
        assertThat(FragmentOrder.of(Optional.empty(), parse("a b"), "test.war").declared())
                .isFalse();
        assertThat(FragmentOrder.of(Optional.empty(), parse("a b<*"), "test.war")
                        .declared())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a<b b<a c", "a>b b>c c>a"})
    void fragments_that_contradict_each_other_are_named(String fragments) {
        assertThatThrownBy(() -> FragmentOrder.of(Optional.empty(), parse(fragments), "test.war"))
                .isInstanceOf(WarException.class)
                .hasMessageContaining("contradict each other")
                .hasMessageContaining("b.jar (b)");
    }

    @Test
    void two_fragments_of_one_name_are_refused() {
        var fragments = List.of(
                new FragmentOrder.Fragment("x.jar", "same", List.of(), false, List.of(), false),
                new FragmentOrder.Fragment("y.jar", "same", List.of(), false, List.of(), false));

        assertThatThrownBy(() -> FragmentOrder.of(Optional.empty(), fragments, "test.war"))
                .hasMessageContainingAll("x.jar", "y.jar", "'same'");
    }

    private static String[] jars(String names) {
        return Stream.of(names.split(" ", -1)).map(name -> name + ".jar").toArray(String[]::new);
    }

    private static List<FragmentOrder.Fragment> parse(String text) {
        var fragments = new ArrayList<FragmentOrder.Fragment>();
        for (var word : text.split(" ", -1)) {
            var name = word.split("[<>]", -1)[0];
            var others = word.length() == name.length()
                    ? List.<String>of()
                    : List.of(word.substring(name.length() + 1).split(",", -1));
            var names = others.stream().filter(each -> !each.equals("*")).toList();
            boolean before = word.contains("<");
            fragments.add(new FragmentOrder.Fragment(
                    name + ".jar",
                    name,
                    before ? names : List.of(),
                    before && others.contains("*"),
                    before ? List.of() : names,
                    !before && others.contains("*")));
        }
        return fragments;
    }
}
