package dev.narwhal.undertow.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.undertow.security.Constraints.Demand;
import dev.narwhal.undertow.security.Constraints.Rule;
import dev.narwhal.worker.war.Security.Access;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servlet 6.1 §13.8, as tables. */
final class ConstraintsTest {

    private static Rule rule(String pattern, Access access) {
        return new Rule(pattern, List.of(), List.of(), access, false);
    }

    private static Access roles(String... roles) {
        return new Access(Access.Rule.ROLES, List.of(roles));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b/c, exact",
        "/a/b/c/d, /a/b/*",
        "/a/b, /a/b/*",
        "/a/bc, /a/*",
        "/a/x.do, /a/*",
        "/x.do, *.do",
        "/b/x.do, *.do",
        "/b/x.do/y, /",
        "/x?y.do, *.do",
        "/x.do?y, /",
        "/, root",
        "/other, /",
        "/A/b/c, /"
    })
    void the_best_pattern_alone_counts(String path, String expected) {
        var constraints = new Constraints(
                List.of(
                        rule("/a/b/c", roles("exact")),
                        rule("/a/b/*", roles("/a/b/*")),
                        rule("/a/*", roles("/a/*")),
                        rule("*.do", roles("*.do")),
                        rule("", roles("root")),
                        rule("/", roles("/"))),
                false);

        assertThat(constraints.demand(path, "GET").access().roles()).containsExactly(expected);
    }

    @Test
    void the_empty_pattern_is_the_root() {
        var constraints = new Constraints(List.of(rule("", roles("root"))), false);

        assertThat(constraints.demand("/", "GET").access()).isEqualTo(roles("root"));
        assertThat(constraints.demand("/x", "GET")).isEqualTo(Demand.NOTHING);
    }

    @Test
    void the_pattern_for_everything_is_a_prefix_of_everything() {
        var constraints = new Constraints(List.of(rule("/*", roles("r"))), false);

        assertThat(List.of("/", "/x", "/x/y.z", "//"))
                .allSatisfy(path ->
                        assertThat(constraints.demand(path, "GET").access()).isEqualTo(roles("r")));
    }

    @Test
    void constraints_of_one_pattern_combine_in_any_order() {
        var permit = rule("/*", Access.PERMIT);
        var deny = rule("/*", Access.DENY);
        var one = rule("/*", roles("one"));
        var two = rule("/*", roles("two"));

        assertThat(combined(permit, deny)).isEqualTo(Access.DENY);
        assertThat(combined(deny, one)).isEqualTo(Access.DENY);
        assertThat(combined(one, permit)).isEqualTo(Access.PERMIT);
        assertThat(combined(one, two)).isEqualTo(roles("one", "two"));
        assertThat(combined(one, permit, deny)).isEqualTo(Access.DENY);
    }

    private static Access combined(Rule... rules) {
        var forwards =
                new Constraints(List.of(rules), false).demand("/x", "GET").access();
        var backwards = new Constraints(List.of(rules).reversed(), false)
                .demand("/x", "GET")
                .access();
        assertThat(backwards.rule()).isEqualTo(forwards.rule());
        return forwards;
    }

    /** As in Tomcat; the table of §13.8.2. */
    @Test
    void one_constraint_that_takes_any_connection_is_enough() {
        var constraints = new Constraints(
                List.of(
                        new Rule("/w/*", List.of(), List.of("GET", "POST"), Access.DENY, false),
                        new Rule("/w/*", List.of("GET", "PUT"), List.of(), roles("clerk"), false),
                        new Rule("/w/*", List.of("GET", "POST"), List.of(), roles("contractor"), true)),
                false);

        assertThat(constraints.demand("/w/x", "GET")).isEqualTo(new Demand(roles("clerk", "contractor"), false));
        assertThat(constraints.demand("/w/x", "POST")).isEqualTo(new Demand(roles("contractor"), true));
        assertThat(constraints.demand("/w/x", "PUT").access()).isEqualTo(Access.DENY);
    }

    @Test
    void what_no_constraint_covers_is_known() {
        var constraints = new Constraints(
                List.of(
                        new Rule("/named", List.of("GET"), List.of(), roles("r"), false),
                        new Rule("/named", List.of("POST"), List.of(), roles("r"), false),
                        new Rule("/omitted", List.of(), List.of("GET", "PUT", "POST"), roles("r"), false),
                        new Rule("/omitted", List.of(), List.of("GET", "PUT"), roles("r"), false),
                        new Rule("/omitted", List.of("PUT"), List.of(), roles("r"), false),
                        new Rule("/both", List.of(), List.of("GET"), roles("r"), false),
                        new Rule("/both", List.of("GET"), List.of(), roles("r"), false),
                        rule("/all", roles("r"))),
                false);

        assertThat(constraints.uncovered()).isEqualTo(Map.of("/named", "all but GET, POST", "/omitted", "GET"));
    }

    @ParameterizedTest
    @CsvSource({"GET, ROLES", "POST, DENY", "PROPFIND, DENY"})
    void uncovered_methods_may_be_denied(String method, Access.Rule expected) {
        var rules = List.of(new Rule("/*", List.of("GET"), List.of(), roles("r"), false));

        assertThat(new Constraints(rules, true).demand("/x", method).access().rule())
                .isEqualTo(expected);
        assertThat(new Constraints(rules, false).demand("/x", "POST")).isEqualTo(Demand.NOTHING);
    }

    @Test
    void omitted_methods_are_uncovered_and_a_path_without_constraints_is_not() {
        var constraints =
                new Constraints(List.of(new Rule("/a/*", List.of(), List.of("GET"), roles("r"), false)), true);

        assertThat(constraints.demand("/a/x", "GET").access()).isEqualTo(Access.DENY);
        assertThat(constraints.demand("/a/x", "PUT").access()).isEqualTo(roles("r"));
        assertThat(constraints.demand("/b/x", "GET")).isEqualTo(Demand.NOTHING);
    }
}
