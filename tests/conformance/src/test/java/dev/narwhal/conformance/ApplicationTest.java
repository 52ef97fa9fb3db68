package dev.narwhal.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Narwhals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servlet 6.1, chapters 4 (context), 10 (web applications) and 11 (events). */
@EachDispatch
final class ApplicationTest {

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private Probe probe;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path directory) {
        probe = Probe.start(narwhals, dispatch, directory);
    }

    // ---- 4: the servlet context

    @Test
    void clause_4_the_context_tells_about_application_and_container() {
        var lines = probe.lines("/probe/context/facts");

        assertThat(lines)
                .contains(
                        "version 6.1",
                        "effective 6.1",
                        "name Probe",
                        "path /probe",
                        "virtual server true",
                        "temporary true",
                        "timeout 17",
                        "encodings null null",
                        "parameter Fram yes");
        assertThat(probe.lines("/other/context/facts")).contains("encodings ISO-8859-15 UTF-8", "name Other");
    }

    @Test
    void clause_4_8_1_each_context_has_a_temporary_directory_of_its_own() {
        assertThat(temporary("/probe")).isNotEqualTo(temporary("/other"));
    }

    private String temporary(String context) {
        return probe.lines(context + "/context/facts").stream()
                .filter(line -> line.startsWith("temporary at"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/docs/index.html | index.html | null | true | true",
                "/docs/ | '' | [/docs/a b+c.txt, /docs/index.html] | true | false",
                "/lib/inside.txt | inside.txt | null | any | true",
                "/lib/ | '' | [/lib/inside.txt] | any | false",
                "/WEB-INF/secret.txt | secret.txt | null | true | true",
                "/nowhere.txt | null | null | any | false",
                "/../probe.war | null | null | any | false",
                "docs/index.html | malformed | null | any | any"
            })
    void clause_4_6_resources_are_found(String path, String resource, String paths, String real, String stream) {
        var response =
                probe.get("/probe/context?path=" + path.replace(" ", "%20").replace("+", "%2B"));
        var lines = response.text().lines().toList();

        if (!"any".equals(real)) {
            assertThat(lines).contains("real " + real);
        }
        if ("malformed".equals(resource)) {
            assertThat(lines).isNotEmpty();
            return;
        }
        assertThat(lines).contains("paths " + paths, "stream " + stream);
        assertThat(lines).anyMatch(line -> line.strip().equals(("resource " + resource).strip()));
    }

    @ParameterizedTest
    @CsvSource({"/nowhere.txt, /nowhere.txt", "/nowhere/, /nowhere/", "/docs, /docs", "/docs/, /docs/", "/, /"})
    void clause_4_a_real_path_has_no_slash_twice_and_the_one_that_was_asked_with(String path, String end) {
        assertThat(probe.facts("/probe/context?path=" + path).get("at"))
                .endsWith(end)
                .doesNotContain("//");
    }

    @Test
    void clause_11_3_a_request_listener_is_told_of_the_request_that_servlets_see() {
        assertThat(probe.lines("/probe/context/seen")).containsExactly("true true");
        assertThat(probe.facts("/probe/context/facts")).containsEntry("protocol", "http/1.1");
    }

    @Test
    void clause_4_1_there_is_one_context_whoever_asks() {
        assertThat(probe.lines("/probe/context/same")).containsExactly("13 asked, 1 context");
    }

    @Test
    void clause_4_mime_types_and_other_contexts_are_known() {
        assertThat(probe.lines("/probe/context?path=/a.fish")).contains("mime application/fish");
        assertThat(probe.lines("/probe/context?path=/a.html")).contains("mime text/html");
        assertThat(probe.lines("/probe/context?path=/a.unheard-of")).contains("mime null");
        assertThat(probe.lines("/probe/context?path=/other")).contains("context '/other'");
        assertThat(probe.lines("/probe/context?path=/other/x")).contains("context '/other'");
        assertThat(probe.lines("/probe/context?path=/nobody")).contains("context null");
    }

    @Test
    void clause_4_4_the_context_is_configured_before_it_serves_and_not_later() {
        var outcomes = new HashMap<String, String>();
        probe.lines("/probe/context/moments").forEach(line -> {
            int colon = line.lastIndexOf(": ");
            outcomes.put(line.substring(0, colon), line.substring(colon + 2));
        });

        assertThat(outcomes)
                .containsAllEntriesOf(Map.of(
                        "listener adds servlet", "done",
                        "listener adds filter", "done",
                        "listener sets parameter", "done",
                        "listener sets timeout", "done",
                        "same servlet again", "done",
                        "unsupported tracking", "IllegalArgumentException",
                        "conflicts", "[/added/*]",
                        "class of servlet default", "done",
                        "servlets of a filter for all", "[*]",
                        "conflicting parameters", "[there] {there=already}"));
        assertThat(outcomes.entrySet())
                .filteredOn(entry -> entry.getKey().startsWith("invalid: "))
                .hasSize(10)
                .allSatisfy(
                        entry -> assertThat(entry.getValue()).as(entry.getKey()).isEqualTo("IllegalArgumentException"));
        assertThat(outcomes.entrySet())
                .filteredOn(entry -> entry.getKey().startsWith("request "))
                .hasSize(8 + 5 * 8 + 5 * 5)
                .allSatisfy(
                        entry -> assertThat(entry.getValue()).as(entry.getKey()).isEqualTo("IllegalStateException"));
        for (var refused : List.of(
                "empty servlet name",
                "empty filter name",
                "null servlet name",
                "null filter name",
                "context listener in a listener")) {
            assertThat(outcomes.get(refused)).as(refused).isEqualTo("IllegalArgumentException");
        }
        assertThat(probe.get("/probe/late/added").status()).isEqualTo(404);
        assertThat(probe.facts("/probe/added/x")).containsEntry("servlet", "added");
        assertThat(probe.get("/probe/conflicting").status()).isEqualTo(404);
    }

    // ---- 7: sessions

    @Test
    void clause_7_3_a_session_that_is_over_refuses_and_the_next_is_another() {
        var lines = probe.lines("/probe/sessions/ended");

        assertThat(lines).hasSize(12).endsWith("none true", "another true");
        assertThat(lines.subList(0, 10)).allMatch(line -> line.endsWith(" IllegalStateException"));
    }

    @Test
    void clause_7_a_session_is_found_by_its_cookie_and_by_its_path() {
        var response = probe.get("/probe/sessions/begin");
        var cookie = response.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        var id = cookie.replaceFirst(".*=", "");

        assertThat(response.text()).isEqualTo("true [fish] true 1020 true");
        assertThat(probe.get("/probe/sessions/fish", "Cookie: " + cookie).text())
                .isEqualTo("false cod");
        assertThat(probe.get("/probe/sessions/asked", "Cookie: " + cookie).text())
                .isEqualTo(id + " true true false");
        assertThat(probe.get("/probe/sessions/asked;jsessionid=" + id).text()).isEqualTo(id + " true false true");
        assertThat(probe.get("/probe/sessions/asked", "Cookie: JSESSIONID=unknown")
                        .text())
                .isEqualTo("unknown false true false");
        assertThat(probe.get("/probe/sessions/asked").text()).isEqualTo("null false false false");
        assertThat(probe.get("/probe/sessions/access", "Cookie: " + cookie).text())
                .isEqualTo("accessed");
        assertThat(probe.get("/probe/sessions/fish", "Cookie: " + cookie).text())
                .isEqualTo("false haddock");
        assertThat(probe.get("/probe/sessions/none").text()).isEqualTo("null");
    }

    @Test
    void clause_7_a_session_cannot_begin_once_the_response_has_left() {
        assertThat(probe.lines("/probe/sessions/late"))
                .containsExactly(
                        "changing the id of none IllegalStateException", "creating one too late IllegalStateException");
    }

    // ---- 10.9: errors

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | /404 | 404 | null",
                "410 | /any | 410 | null",
                "state | /state | 500 | class java.lang.IllegalStateException",
                "io | /io | 500 | class java.io.FileNotFoundException",
                "wrapped | /exact-exception | 500 | class jakarta.servlet.ServletException",
                "error | /any | 500 | class java.lang.AssertionError",
                "async | /state | 500 | class java.lang.IllegalStateException"
            })
    void clause_10_9_2_error_pages_by_status_and_exception(String with, String page, int status, String type) {
        var response = probe.get("/probe/fail/x?with=" + with);
        var lines = response.text().lines().toList();

        assertThat(response.status()).isEqualTo(status);
        assertThat(lines)
                .contains(
                        "type ERROR",
                        "method GET",
                        "info " + page,
                        "jakarta.servlet.error.status_code " + status,
                        "jakarta.servlet.error.request_uri /probe/fail/x",
                        "jakarta.servlet.error.servlet_name fail")
                .doesNotContain("discarded", "ignored");
        if (!type.equals("null")) {
            assertThat(lines).contains("jakarta.servlet.error.exception_type " + type);
        }
    }

    @Test
    void clause_10_9_2_the_nearest_class_of_an_exception_has_the_page() {
        assertThat(probe.lines("/other/fail?with=io"))
                .contains("info /nearest", "parameter page=[1]", "jakarta.servlet.error.status_code 500");
    }

    @Test
    void clause_10_9_2_a_page_may_be_a_file_and_may_itself_fail() {
        var file = probe.get("/other/fail?with=411");
        assertThat(file.status()).isEqualTo(411);
        assertThat(file.text()).isEqualTo("static");

        var failing = probe.get("/other/fail?with=409");
        assertThat(failing.status()).isGreaterThanOrEqualTo(400);
        assertThat(failing.text()).doesNotContain("discarded", "at dev.narwhal");
    }

    /** 10.9.2: a page for the exception itself first, then one for its root cause. */
    @Test
    void clause_10_9_2_the_root_cause_counts_when_the_servlet_exception_has_no_page() {
        assertThat(probe.lines("/other/fail?with=exact"))
                .contains(
                        "info /argument",
                        "jakarta.servlet.error.exception_type class java.lang.IllegalArgumentException");
    }

    @Test
    void clause_10_9_1_method_and_query_of_the_request_are_attributes() {
        var response =
                probe.send("POST", "/probe/fail?with=404", "x=1", "Content-Type: application/x-www-form-urlencoded");

        assertThat(response.text().lines())
                .contains(
                        "method GET",
                        "jakarta.servlet.error.method POST",
                        "jakarta.servlet.error.query_string with=404",
                        "jakarta.servlet.error.message as asked",
                        "parameter x=[1]");
    }

    @Test
    void clause_10_9_2_what_the_container_and_its_servlet_refuse_gets_its_page() {
        assertThat(probe.lines("/probe/nowhere"))
                .contains(
                        "info /404",
                        "jakarta.servlet.error.status_code 404",
                        "jakarta.servlet.error.servlet_name default",
                        "jakarta.servlet.error.request_uri /probe/nowhere");
        var method = probe.send("DELETE", "/probe/docs/index.html", "");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.text().lines())
                .contains(
                        "info /any",
                        "method GET",
                        "jakarta.servlet.error.method DELETE",
                        "jakarta.servlet.error.status_code 405");
    }

    @Test
    void clause_10_9_1_an_error_page_sees_the_request_that_no_filter_has_wrapped() {
        assertThat(probe.lines("/probe/wrapped/x?how=forward&to=/describe")).contains("wrapped true");
        assertThat(probe.lines("/probe/wrapped/x?how=forward&to=/fail%3Fwith=410"))
                .contains("info /any", "wrapped false");
    }

    @Test
    void clause_10_9_2_a_status_that_was_only_set_gets_no_page() {
        var response = probe.get("/probe/fail?with=404&set");

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.text()).isEqualTo("discarded");
    }

    @Test
    void clause_10_9_2_an_error_page_begins_with_a_fresh_response() {
        var response = probe.get("/probe/fail?with=410");

        assertThat(response.header("Content-Type")).contains("text/plain;charset=UTF-8");
        assertThat(response.text()).doesNotContain("discarded", "ignored");
    }

    @Test
    void clause_10_9_2_without_a_page_the_container_answers_and_shows_no_stack_trace() {
        for (var path : List.of("/other/fail?with=state", "/other/fail?with=418", "/other/fail?with=error")) {
            var response = probe.get(path);
            assertThat(response.status()).isEqualTo(path.endsWith("418") ? 418 : 500);
            assertThat(response.text()).doesNotContain("at dev.narwhal", "discarded");
        }
    }

    @Test
    void clause_5_5_send_error_after_commit_is_refused() {
        assertThat(probe.get("/probe/fail?with=committed").text()).isEqualTo("discarded refused");
    }

    /** As in Tomcat: the client must not take half an answer for a whole one. */
    @Test
    void clause_10_9_a_response_that_has_begun_and_fails_is_cut_off() throws IOException {
        try (var http = probe.connect()) {
            assertThatThrownBy(() -> http.get("/probe/fail?with=late")).isInstanceOf(Http.Truncated.class);
        }
    }

    @Test
    void clause_2_3_3_2_a_servlet_that_is_unavailable_for_a_time_says_how_long() {
        for (int request = 0; request < 4; request++) { // the worker that was asked before knows it already
            var response = probe.get("/probe/closed?with=unavailable");

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.text().lines()).contains("info /any", "jakarta.servlet.error.servlet_name closed");
            assertThat(Integer.parseInt(response.header("Retry-After").orElseThrow()))
                    .isBetween(1, 60);
        }
    }

    @Test
    void clause_2_3_3_2_a_servlet_that_is_unavailable_for_good_is_not_found() {
        for (int request = 0; request < 4; request++) {
            var response = probe.get("/probe/gone?with=gone");

            assertThat(response.status()).isEqualTo(404);
            assertThat(response.text().lines()).contains("info /404", "jakarta.servlet.error.servlet_name gone");
        }
    }

    /** 2.3.2.1, as in Tomcat: it is the servlet that fails, and not the application. */
    @ParameterizedTest
    @CsvSource({"closed, 503", "gone, 404", "state, 500", "linkage, 500", "plain, 500"})
    void clause_2_3_2_1_a_servlet_that_fails_when_the_application_starts_fails_alone(String with, int status) {
        for (int request = 0; request < 3; request++) {
            assertThat(probe.get("/probe/broken/" + with).status()).isEqualTo(status);
        }
    }

    @Test
    void clause_2_3_3_2_a_servlet_that_was_unavailable_when_the_application_began_is_initialized_later() {
        Await.until("the servlet", Duration.ofSeconds(20), () -> {
            var response = probe.get("/probe/broken/later");
            assertThat(response.status()).isIn(200, 503);
            return response.text().equals("ready true");
        });
    }

    @Test
    void clause_10_9_3_without_a_page_the_container_tells_status_and_message() {
        var response = probe.get("/other/fail?with=418&message=%3Cb%3EA%26B%3C/b%3E");

        assertThat(response.status()).isEqualTo(418);
        assertThat(response.header("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(response.header("X-Before")).contains("error");
        assertThat(response.text())
                .contains("418", "<p>&lt;b&gt;A&amp;B&lt;/b&gt;</p>")
                .doesNotContain("discarded");
    }

    // ---- 10.10: welcome files

    @Test
    void clause_10_10_welcome_files_are_files_or_servlets() {
        assertThat(probe.get("/probe/docs/").text()).isEqualTo("docs");
        var served = probe.facts("/probe/served/");
        assertThat(served).containsEntry("path", "/served/welcome.dsc").containsEntry("servlet", "describe");
        assertThat(served).containsEntry("mapping", "EXTENSION '*.dsc' 'served/welcome' describe");
    }

    /** Beyond the directories of the archive, as in Tomcat: a servlet for the welcome file is all it takes. */
    @Test
    void clause_10_10_a_welcome_file_is_appended_in_their_order() {
        assertThat(probe.get("/probe/docs/").text()).isEqualTo("docs");
        assertThat(probe.facts("/probe/empty/?a=1"))
                .containsEntry("uri", "/probe/empty/")
                .containsEntry("query", "a=1")
                .containsEntry("path", "/empty/welcome.dsc");
        assertThat(probe.send("POST", "/probe/empty/", "").text().lines()).contains("method POST");
    }

    @Test
    void clause_10_10_a_directory_without_slash_is_redirected() {
        var response = probe.get("/probe/docs?a=1");

        assertThat(response.status()).isBetween(301, 308);
        assertThat(response.header("Location").orElseThrow()).endsWith("/probe/docs/?a=1");
        assertThat(probe.get("/probe").header("Location").orElseThrow()).endsWith("/probe/");
    }

    @Test
    void clause_10_5_what_is_in_web_inf_is_not_served() {
        for (var path : List.of(
                "/probe/WEB-INF/secret.txt",
                "/probe/web-inf/secret.txt",
                "/probe/WEB-INF/",
                "/probe/docs/../WEB-INF/secret.txt",
                "/probe/WEB-INF/web.xml",
                "/probe/META-INF/MANIFEST.MF",
                "/probe//WEB-INF/secret.txt")) {
            assertThat(probe.get(path).status()).as(path).isIn(400, 404);
        }
    }

    // ---- 11: events

    @Test
    void clause_11_6_a_request_whose_beginning_a_listener_does_not_bear_gets_an_error_page() {
        var response = probe.get("/probe/exact", "X-Tag: unbearable");

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text().lines()).contains("type ERROR", "info /state");
        probe.awaitEvents(
                "request unbearable ", "first request unbearable initialized", "first request unbearable destroyed");
    }

    /** On one connection, and so of one worker, whose listeners tell afterwards who was told. */
    @ParameterizedTest
    @CsvSource({
        "/request/replaced, request replaced probe-burden=there",
        "/request/removed, request removed probe-burden=there",
        "/context/replaced, context replaced probe-burden=there",
        "/context/removed, context removed probe-burden=there",
        "/session/replaced, session replaced probe-burden=there",
        "/session/removed, session removed probe-burden=there",
        "/created, session created",
        "/id, session id changed true"
    })
    void clause_11_6_what_a_listener_does_not_bear_reaches_the_error_page(String path, String told) throws IOException {
        try (var http = probe.connect()) {
            var response = http.get("/probe/burden" + path);
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text().lines())
                    .contains("type ERROR", "info /state", "jakarta.servlet.error.message " + told);
            assertThat(http.get("/probe/burden/log").text().lines())
                    .contains("first " + told)
                    .doesNotContain("second " + told);
        }
    }

    @Test
    void clause_11_6_what_a_listener_does_not_bear_has_happened_all_the_same() throws IOException {
        try (var http = probe.connect()) {
            assertThat(http.get("/probe/burden/session/replaced?catch").text().lines())
                    .containsExactly("caught session replaced probe-burden=there", "value other");
            assertThat(http.get("/probe/burden/session/removed?catch").text().lines())
                    .containsExactly("caught session removed probe-burden=there", "value null");
            assertThat(http.get("/probe/burden/ended?catch").text().lines())
                    .containsExactly("caught session destroyed", "ended true");
            assertThat(http.get("/probe/burden/ended/heavy?catch").text()).endsWith("ended true");
            assertThat(http.get("/probe/burden/log").text().lines())
                    .contains("heavy a", "heavy b", "first session removed probe-burden=there");
        }
    }

    @Test
    void clause_11_6_where_nobody_could_answer_the_others_are_told_all_the_same() {
        assertThat(probe.get("/probe/burden/async").status()).isEqualTo(500);
        probe.awaitEvents("deaf", "deaf one timeout", "deaf two timeout", "deaf one complete", "deaf two complete");
        assertThat(probe.get("/probe/burden/expired").status()).isEqualTo(200);
        probe.awaitEvents("heavy late", "heavy late a", "heavy late b");
    }

    @Test
    void clause_11_attribute_and_session_listeners_are_told_in_order() {
        var lines = probe.lines("/probe/context/attributes");

        assertThat(lines)
                .noneMatch(line -> line.contains("never-was"))
                .containsSubsequence(
                        "first request added probe=one",
                        "second request added probe=one",
                        "first request replaced probe=one",
                        "first request removed probe=two",
                        "first context added probe=three",
                        "first context replaced probe=three",
                        "first context removed probe=four",
                        "first session created",
                        "second session created",
                        "first session added probe=five",
                        "first session replaced probe=five",
                        "first session id changed true",
                        "second session destroyed",
                        "first session destroyed");
    }

    @ParameterizedTest
    @CsvSource({
        "/probe/describe/x, plain",
        "/probe/fail?with=state, failing",
        "/probe/fail?with=404, missing",
        "/probe/nowhere, nowhere",
        "/probe/dispatch?how=async&to=/describe, dispatched",
        "/probe/fail?with=async, failing asynchronously",
        "/probe/dispatch?how=forward&to=/describe, forwarded"
    })
    void clause_11_3_request_listeners_frame_every_request_once(String path, String tag) {
        assertThat(probe.get(path, "X-Tag: " + tag).status()).isPositive();

        probe.awaitEvents(
                "request " + tag + " ",
                "first request " + tag + " initialized",
                "second request " + tag + " initialized",
                "second request " + tag + " destroyed",
                "first request " + tag + " destroyed");
    }
}
