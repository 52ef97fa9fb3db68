package dev.narwhal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Narwhals;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servlet 6.1, chapters 6 (filters), 9 (dispatching) and 12 (mapping). */
@EachDispatch
final class DispatchingTest {

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private Probe probe;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path directory) {
        probe = Probe.start(narwhals, dispatch, directory);
    }

    // ---- 12: which servlet, and what it is told

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/probe/exact | describe | EXACT '/exact' 'exact' describe | /exact | null",
                "/probe/describe/exact | describe | EXACT '/describe/exact' 'describe/exact' describe | /describe/exact | null",
                "/probe/describe | describe | PATH '/describe/*' '' describe | /describe | null",
                "/probe/describe/ | describe | PATH '/describe/*' '' describe | /describe | /",
                "/probe/describe/a/b.dsc | describe | PATH '/describe/*' 'a/b.dsc' describe | /describe | /a/b.dsc",
                "/probe/describe/longer/x | describe | PATH '/describe/longer/*' 'x' describe | /describe/longer | /x",
                "/probe/describe/longerx | describe | PATH '/describe/*' 'longerx' describe | /describe | /longerx",
                "/probe/a/b.dsc | describe | EXTENSION '*.dsc' 'a/b' describe | /a/b.dsc | null",
                "/probe/ | root | CONTEXT_ROOT '' '' root | '' | /",
                "/other/ | everything | DEFAULT '/' '' everything | / | null",
                "/other/a/b | everything | DEFAULT '/' '' everything | /a/b | null",
                "/other/a.x | everything | EXTENSION '*.x' 'a' everything | /a.x | null",
                "/other/describe%2Fx | 400 | | | ",
            })
    void clause_12_1_and_12_2_requests_find_their_servlet(
            String path, String servlet, String mapping, String servletPath, String info) {
        if (servlet.equals("400")) {
            assertThat(probe.get(path).status()).isEqualTo(400);
            return;
        }
        var facts = probe.facts(path);

        assertThat(facts)
                .containsEntry("servlet", servlet)
                .containsEntry("mapping", mapping)
                .containsEntry("info", info);
        assertThat(facts.getOrDefault("path", "")).isEqualTo(servletPath == null ? "" : servletPath);
    }

    @Test
    void clause_12_1_the_longest_context_path_wins_and_paths_are_case_sensitive() {
        assertThat(probe.facts("/other/exact")).containsEntry("servlet", "everything");
        assertThat(probe.get("/probe/EXACT").status()).isEqualTo(404);
        assertThat(probe.get("/PROBE/exact").status()).isEqualTo(404);
        assertThat(probe.get("/probes/exact").status()).isEqualTo(404);
    }

    /** Beyond the specification: applications for Tomcat map the servlet that it declares for all of them. */
    @Test
    void clause_12_2_1_the_servlet_for_static_files_may_be_mapped() {
        assertThat(probe.get("/other/static/a.html").text()).isEqualTo("static");
        assertThat(probe.get("/other/files/a.html").text()).isEqualTo("files");
        assertThat(probe.get("/other/deep/a.css").text()).isEqualTo("style");
        assertThat(probe.get("/other/static/b.html").status()).isEqualTo(404);
        assertThat(probe.get("/other/static/../WEB-INF/web.xml").status()).isEqualTo(404);
        assertThat(probe.facts("/other/a.html")).containsEntry("servlet", "everything");
    }

    // ---- 9.1: obtaining a dispatcher

    @Test
    void clause_9_1_dispatchers_are_null_for_what_is_not_there() {
        assertThat(probe.lines("/probe/dispatch?how=find&by=name&to=nobody")).containsExactly("none");
        assertThat(probe.lines("/probe/dispatch?how=find&by=name&to=unmapped")).containsExactly("some");
        assertThat(probe.lines("/probe/dispatch?how=find&to=/../../etc")).containsExactly("none");
    }

    @Test
    void clause_9_1_a_path_is_relative_to_the_path_of_the_request() {
        assertThat(probe.facts("/probe/dispatch/a/b?how=forward&to=../../describe/c"))
                .containsEntry("info", "/c");
        assertThat(probe.facts("/probe/dispatch/a?how=forward&to=./../describe/c"))
                .containsEntry("info", "/c");
        assertThat(probe.facts("/probe/dispatch?how=forward&to=exact")).containsEntry("path", "/exact");
    }

    @Test
    void clause_9_1_encoded_characters_of_a_path_are_decoded() {
        var facts = probe.facts("/probe/dispatch?how=forward&to=/describe/a%2520b%253Fc");

        assertThat(facts).containsEntry("info", "/a b?c").containsEntry("uri", "/probe/describe/a%20b%3Fc");
    }

    // ---- 9.1.1: query strings

    @Test
    void clause_9_1_1_the_query_string_of_the_path_comes_first() {
        var lines = probe.lines("/probe/dispatch?how=forward&a=1&to=/describe%3Fa=2%26b=3");

        assertThat(lines).contains("parameter a=[2, 1]", "parameter b=[3]", "query a=2&b=3");
    }

    @Test
    void clause_9_1_1_a_dispatch_without_query_keeps_that_of_the_request() {
        assertThat(probe.facts("/probe/dispatch?how=forward&to=/describe"))
                .containsEntry("query", "how=forward&to=/describe");
    }

    // ---- 9.3: include

    @Test
    void clause_9_3_1_an_included_servlet_sees_six_attributes_and_the_original_path() {
        var lines = probe.lines("/probe/dispatch/x?how=include&a=1&to=/describe/y%3Fa=2");

        assertThat(lines)
                .contains(
                        "before",
                        "type INCLUDE",
                        "uri /probe/dispatch/x",
                        "path /dispatch",
                        "info /x",
                        "jakarta.servlet.include.request_uri /probe/describe/y",
                        "jakarta.servlet.include.context_path /probe",
                        "jakarta.servlet.include.servlet_path /describe",
                        "jakarta.servlet.include.path_info /y",
                        "jakarta.servlet.include.query_string a=2",
                        "jakarta.servlet.include.mapping PATH '/describe/*' 'y' describe",
                        "mapping PATH '/dispatch/*' 'x' dispatch",
                        "parameter a=[2, 1]",
                        "after /dispatch null")
                .noneMatch(line -> line.startsWith("jakarta.servlet.forward"));
    }

    @Test
    void clause_9_3_an_included_servlet_cannot_change_status_or_headers() {
        var response = probe.get("/probe/dispatch?how=include&to=/meddle");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("X-Outer")).contains("kept");
        assertThat(response.header("Content-Type").orElse("")).doesNotContain("image");
        assertThat(response.text()).isEqualTo("before\nincluded\nafter /dispatch null\n");
    }

    @Test
    void clause_9_3_1_a_named_dispatcher_sets_no_attributes() {
        assertThat(probe.lines("/probe/dispatch/x?how=include&by=name&to=unmapped"))
                .contains("servlet unmapped", "path /dispatch")
                .noneMatch(line -> line.startsWith("jakarta.servlet."));
        assertThat(probe.lines("/probe/dispatch/x?how=forward&by=name&to=unmapped"))
                .contains("servlet unmapped", "path /dispatch", "info /x", "type FORWARD")
                .noneMatch(line -> line.startsWith("jakarta.servlet."));
    }

    @Test
    void clause_9_3_what_is_not_there_to_include_is_an_error() {
        assertThat(probe.get("/probe/dispatch?how=include&to=/nowhere.txt").status())
                .isEqualTo(500);
    }

    @Test
    void clause_9_3_static_files_can_be_included_and_forwarded_to() {
        assertThat(probe.get("/probe/dispatch?how=include&to=/docs/index.html").text())
                .isEqualTo("before\ndocsafter /dispatch null\n");
        assertThat(probe.get("/probe/dispatch?how=forward&to=/docs/index.html").text())
                .isEqualTo("docs");
        assertThat(probe.get("/probe/dispatch?how=forward&to=/WEB-INF/secret.txt")
                        .text())
                .isEqualTo("secret");
    }

    // ---- 9.4: forward

    @Test
    void clause_9_4_2_a_forwarded_request_has_the_new_path_and_six_attributes() {
        var lines = probe.lines("/probe/dispatch/x?how=forward&to=/describe/y");

        assertThat(lines)
                .contains(
                        "type FORWARD",
                        "uri /probe/describe/y",
                        "path /describe",
                        "info /y",
                        "mapping PATH '/describe/*' 'y' describe",
                        "jakarta.servlet.forward.request_uri /probe/dispatch/x",
                        "jakarta.servlet.forward.context_path /probe",
                        "jakarta.servlet.forward.servlet_path /dispatch",
                        "jakarta.servlet.forward.path_info /x",
                        "jakarta.servlet.forward.query_string how=forward&to=/describe/y",
                        "jakarta.servlet.forward.mapping PATH '/dispatch/*' 'x' dispatch")
                .doesNotContain("discarded");
    }

    @Test
    void clause_9_4_2_the_attributes_are_those_of_the_first_request() {
        var lines = probe.lines("/probe/dispatch/x?how=forward&to=/dispatch/y%3Fhow=include%26to=/describe/z%2526k=v");

        assertThat(lines)
                .contains("jakarta.servlet.forward.path_info /x", "jakarta.servlet.include.servlet_path /describe");
    }

    @Test
    void clause_9_4_forward_is_refused_after_commit() {
        assertThat(probe.get("/probe/dispatch?how=committed&to=/describe").text())
                .isEqualTo("committed refused");
        assertThat(probe.get("/probe/dispatch?how=committed&empty&to=/describe").text())
                .isEqualTo("refused");
    }

    @ParameterizedTest
    @CsvSource({"forward, request", "include, request", "forward, context", "include, context"})
    void clause_9_5_what_the_target_throws_is_not_wrapped(String how, String by) {
        assertThat(probe.lines("/probe/dispatch?how=" + how + "&by=" + by + "&to=/fail%3Fwith=state"))
                .contains("info /state", "jakarta.servlet.error.exception_type class java.lang.IllegalStateException");
        assertThat(probe.lines("/probe/dispatch?how=" + how + "&by=" + by + "&to=/fail%3Fwith=io"))
                .contains("info /io");
    }

    @ParameterizedTest
    @CsvSource({
        "state, java.lang.IllegalStateException wrong tide",
        "io, java.io.FileNotFoundException no fish",
        "unmapped, jakarta.servlet.ServletException plain"
    })
    void clause_9_5_a_caller_catches_what_the_target_throws(String with, String caught) {
        for (var how : List.of("forward", "include")) {
            for (var by :
                    List.of("by=request&to=/fail", "by=context&to=/fail", "by=other&to=/fail", "by=name&to=fail")) {
                assertThat(probe.lines("/probe/dispatch?how=" + how + "%20and%20catch&with=" + with + "&" + by))
                        .as(how + " " + by)
                        .containsExactly(caught);
            }
        }
    }

    @Test
    void clause_9_2_wrapped_requests_can_be_dispatched() {
        assertThat(probe.lines("/probe/wrapped?how=forward&to=/describe/w")).contains("type FORWARD", "info /w");
        assertThat(probe.lines("/probe/wrapped?how=include&to=/describe/w")).contains("type INCLUDE", "before");
        assertThat(probe.lines("/probe/wrapped?how=async&to=/describe/w")).contains("type ASYNC", "info /w");
    }

    @Test
    void clause_4_5_another_context_can_be_dispatched_to() {
        assertThat(probe.lines("/probe/dispatch/x?how=forward&by=other&to=/describe/o"))
                .contains("context /other", "uri /other/describe/o", "info /o");
    }

    // ---- 9.7: asynchronous dispatch

    @Test
    void clause_9_7_2_a_dispatched_request_has_six_attributes() {
        var lines = probe.lines("/probe/dispatch/x?how=async&a=1&to=/describe/y%3Fa=2");

        assertThat(lines)
                .contains(
                        "type ASYNC",
                        "uri /probe/describe/y",
                        "path /describe",
                        "info /y",
                        "parameter a=[2, 1]",
                        "jakarta.servlet.async.request_uri /probe/dispatch/x",
                        "jakarta.servlet.async.context_path /probe",
                        "jakarta.servlet.async.servlet_path /dispatch",
                        "jakarta.servlet.async.path_info /x",
                        "jakarta.servlet.async.query_string how=async&a=1&to=/describe/y%3Fa=2",
                        "jakarta.servlet.async.mapping PATH '/dispatch/*' 'x' dispatch");
    }

    // ---- 6.2: filters

    @Test
    void clause_6_2_4_filters_by_url_come_first_in_their_order_then_those_by_name() {
        assertThat(probe.facts("/probe/describe/x"))
                .containsEntry("filters", "REQUEST:first REQUEST:second REQUEST:named");
        assertThat(probe.facts("/probe/exact")).containsEntry("filters", "REQUEST:second REQUEST:named");
        assertThat(probe.facts("/probe/")).containsEntry("filters", "REQUEST:second");
    }

    @ParameterizedTest
    @CsvSource({
        "forward, REQUEST:second FORWARD:forwarded FORWARD:named",
        "include, REQUEST:second INCLUDE:included INCLUDE:everywhere",
        "async, REQUEST:second ASYNC:asynced"
    })
    void clause_6_2_5_filters_apply_to_the_dispatches_they_are_declared_for(String how, String filters) {
        assertThat(probe.facts("/probe/dispatch?how=" + how + "&to=/describe/x"))
                .containsEntry("filters", filters);
    }

    @Test
    void clause_6_2_5_filters_apply_to_errors_when_declared() {
        assertThat(probe.facts("/probe/fail?with=404")).containsEntry("filters", "REQUEST:second ERROR:errored");
    }

    /** And the javadoc of {@code FilterRegistration}: before or after all that is declared of the same kind. */
    @ParameterizedTest
    @CsvSource({
        "/probe/ordered/x, REQUEST:second REQUEST:before REQUEST:first REQUEST:after",
        "/probe/ordered/by-url/x, REQUEST:before REQUEST:second REQUEST:after REQUEST:before REQUEST:first REQUEST:after",
        "/probe/a/b.ext, REQUEST:second REQUEST:first REQUEST:before REQUEST:first REQUEST:after"
    })
    void clause_6_2_4_registered_filters_stand_before_or_after_the_declared_ones(String path, String filters) {
        assertThat(probe.facts(path)).containsEntry("filters", filters);
    }

    @Test
    void clause_6_2_5_filters_by_name_apply_to_named_dispatches() {
        assertThat(probe.facts("/probe/dispatch?how=forward&by=name&to=describe"))
                .containsEntry("filters", "REQUEST:second FORWARD:named");
        assertThat(probe.facts("/probe/dispatch?how=include&by=name&to=unmapped"))
                .as("for all servlets")
                .containsEntry("filters", "REQUEST:second INCLUDE:everywhere");
    }

    @Test
    void clause_6_2_filters_stand_around_welcome_files_and_what_is_not_there() {
        assertThat(probe.facts("/probe/served/")).containsEntry("filters", "REQUEST:second REQUEST:named");
        assertThat(probe.facts("/probe/nowhere")).containsEntry("filters", "REQUEST:second ERROR:errored");
    }
}
