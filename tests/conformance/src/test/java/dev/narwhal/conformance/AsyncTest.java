package dev.narwhal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Narwhals;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servlet 6.1, §2.3.3.3 (asynchronous processing), §3.7 and §5.7 (non-blocking input and output), and what listeners hear of it (§11). */
@EachDispatch
final class AsyncTest {

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private Probe probe;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path directory) {
        probe = Probe.start(narwhals, dispatch, directory);
    }

    @Test
    void clause_2_3_3_3_a_request_is_completed_wherever_the_application_likes() {
        assertThat(probe.get("/probe/async/complete").text()).isEqualTo("completed elsewhere");
        assertThat(probe.get("/probe/async/start").text()).isEqualTo("started true /start");
        assertThat(probe.get("/probe/async/here").text()).startsWith("here");
    }

    @Test
    void clause_2_3_3_3_what_a_context_says_about_its_state() {
        assertThat(probe.lines("/probe/async/states"))
                .containsExactly(
                        "supported true started false",
                        "context IllegalStateException",
                        "original true",
                        "started true again IllegalStateException",
                        "timeout 30000",
                        "dispatched true twice IllegalStateException",
                        "dispatched false IllegalStateException");
    }

    @ParameterizedTest
    @CsvSource({
        "/probe/async/states, true",
        "/probe/async/states?with=given, true",
        "/probe/async/states?with=own, false",
        "/probe/wrapped/async/states, true",
        "/probe/wrapped/async/states?with=given, false"
    })
    void clause_9_7_1_a_context_knows_whether_it_has_the_original_request(String path, boolean original) {
        assertThat(probe.facts(path)).containsEntry("original", Boolean.toString(original));
    }

    @Test
    void clause_2_3_3_3_a_servlet_or_filter_that_does_not_support_it_rules_it_out() {
        assertThat(probe.get("/probe/plain/states").status()).isEqualTo(500);
        assertThat(probe.get("/probe/plainly/async/states").status()).isEqualTo(500);
    }

    @Test
    void clause_2_3_3_3_a_timeout_is_told_and_may_be_answered() {
        assertThat(probe.get("/probe/async/timeout?then=complete", "X-Tag: late")
                        .text())
                .isEqualTo("timed out");
        probe.awaitEvents("async late", "async late timed out", "async late completed");
        assertThat(probe.facts("/probe/async/timeout?then=dispatch"))
                .containsEntry("type", "ASYNC")
                .containsEntry("info", "/after");
    }

    @Test
    void clause_2_3_3_3_a_timeout_that_nobody_answers_is_an_error() {
        var response = probe.get("/probe/async/ignored");

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text().lines()).contains("info /any", "jakarta.servlet.error.status_code 500");
        var plain = probe.get("/other/async/ignored");
        assertThat(plain.status()).isEqualTo(500);
        assertThat(plain.text()).contains("<h1>500 Internal Server Error</h1>");
    }

    /** Even if it leaves it to the server to complete the request. */
    @ParameterizedTest
    @ValueSource(
            strings = {"timeout?then=error", "timeout?then=error&complete", "failing?error", "failing?error&complete"})
    void clause_2_3_3_3_a_listener_that_sends_an_error_has_answered(String path) {
        var page = probe.get("/probe/async/" + path);
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.text().lines()).contains("info /any", "jakarta.servlet.error.message too late");
        var plain = probe.get("/other/async/" + path);
        assertThat(plain.status()).isEqualTo(503);
        assertThat(plain.text()).contains("<h1>503 Service Unavailable</h1>", "<p>too late</p>");
    }

    @Test
    void clause_2_3_3_3_an_error_in_a_dispatch_is_told_and_may_be_answered() {
        assertThat(probe.get("/probe/async/failing?handled", "X-Tag: handled").text())
                .isEqualTo("handled wrong tide");
        probe.awaitEvents("async handled", "async handled failed", "async handled completed");
        var response = probe.get("/probe/async/failing", "X-Tag: unhandled");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text().lines())
                .contains(
                        "type ERROR",
                        "info /state",
                        "jakarta.servlet.error.status_code 500",
                        "jakarta.servlet.error.message wrong tide",
                        "jakarta.servlet.error.exception java.lang.IllegalStateException: wrong tide");
    }

    @Test
    void clause_2_3_3_3_a_listener_may_dispatch_what_has_failed() {
        assertThat(probe.facts("/probe/async/failing?dispatch"))
                .containsEntry("type", "ASYNC")
                .containsEntry("info", "/after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failing", "begun", "wrapped/failing"})
    void clause_10_9_an_error_in_an_asynchronous_request_without_a_page_gets_the_usual_one(String path) {
        var response = probe.get("/other/async/" + path);
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.header("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(response.text())
                .startsWith("<!DOCTYPE html>")
                .contains("<h1>500 Internal Server Error</h1>")
                .doesNotContain("discarded");
    }

    @ParameterizedTest
    @CsvSource({"thread, complete", "thread, dispatch", "thread, nothing", "reader, complete", "reader, dispatch"})
    void clause_10_9_an_error_outside_of_a_dispatch_gets_its_page(String from, String then) {
        var path = "/async/refuse?from=" + from + "&then=" + then;

        var page = probe.get("/probe" + path);
        assertThat(page.status()).isEqualTo(423);
        assertThat(page.text().lines())
                .contains("type ERROR", "info /any", "jakarta.servlet.error.message a < b & c")
                .doesNotContain("type ASYNC");
        var plain = probe.get("/other" + path);
        assertThat(plain.status()).isEqualTo(423);
        assertThat(plain.text()).contains("<h1>423 Locked</h1>", "<p>a &lt; b &amp; c</p>");
    }

    @Test
    void clause_2_3_3_3_a_dispatched_request_may_become_asynchronous_again() {
        assertThat(probe.lines("/probe/async/again", "X-Tag: again")).containsExactly("round 1", "round 2", "round 3");
        probe.awaitEvents("async again", "async again started again", "async again completed");
    }

    // ---- 3.7 and 5.7

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300_000})
    void clause_3_7_a_body_is_read_without_blocking(int length) {
        assertThat(probe.send("POST", "/probe/async/read", "x".repeat(length)).text())
                .isEqualTo("read " + length + " finished true");
    }

    @Test
    void clause_5_7_a_response_is_written_without_blocking() {
        assertThat(probe.get("/probe/async/write").text()).hasSize(3_000_000);
    }

    @Test
    void clause_3_7_listeners_are_for_asynchronous_requests_and_only_one_each() {
        assertThat(probe.send("POST", "/probe/async/listeners", "x").text())
                .isEqualTo("IllegalStateException NullPointerException done IllegalStateException");
    }

    // ---- 11.3

    @ParameterizedTest
    @CsvSource({
        "/probe/async/complete, elsewhere",
        "/probe/async/start, started",
        "/probe/async/here, here",
        "/probe/async/again, thrice",
        "/probe/async/timeout?then=complete, timeout",
        "/probe/async/timeout?then=dispatch, timeout and dispatch",
        "/probe/async/ignored, ignored",
        "/probe/async/failing?handled, failing",
        "/probe/async/failing, unhandled failing",
        "/probe/async/read, reading",
        "/probe/async/write, writing"
    })
    void clause_11_3_request_listeners_frame_an_asynchronous_request_once(String path, String tag) {
        assertThat(probe.get(path, "X-Tag: framed " + tag).status()).isPositive();

        probe.awaitEvents(
                "request framed " + tag + " ",
                "first request framed " + tag + " initialized",
                "second request framed " + tag + " initialized",
                "second request framed " + tag + " destroyed",
                "first request framed " + tag + " destroyed");
    }
}
