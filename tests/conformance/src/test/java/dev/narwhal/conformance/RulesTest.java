package dev.narwhal.conformance;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servlet 6.1, what the javadoc of requests, responses and streams allows and forbids (chapters 2, 3 and 5), and all of chapter 12. */
@EachDispatch
final class RulesTest {

    private static final String TRAILERS = """
            POST /probe/rules/trailers HTTP/1.1
            Host: a
            Connection: close
            Transfer-Encoding: chunked

            3
            abc
            0
            X-Sum: 7
            Y: 9

            """.replace("\n", "\r\n");

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private Probe probe;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path directory) {
        probe = Probe.startRules(narwhals, dispatch, directory);
    }

    /** And those of one number in the order of their declaration, as in Tomcat. */
    @Test
    void clause_2_3_1_servlets_are_loaded_in_the_order_of_their_numbers() {
        assertThat(probe.lines("/probe/context/events"))
                .filteredOn(line -> line.startsWith("started "))
                .containsExactly(
                        "started zero",
                        "started one",
                        "started one-a",
                        "started one-b",
                        "started one-c",
                        "started three");
    }

    @Test
    void clause_10_12_listeners_come_first_then_filters_then_servlets() {
        assertThat(probe.lines("/probe/context/events"))
                .containsSubsequence("first context initialized", "filter started", "started zero");
    }

    // ---- 10.10: welcome files

    @ParameterizedTest
    @CsvSource({
        "/welcome/both/, a file",
        "/welcome/deep/, deep",
        "/welcome/jar/, in a JAR",
    })
    void clause_10_10_a_static_file_is_welcome_before_any_servlet(String path, String text) {
        assertThat(probe.get(path).text()).isEqualTo(text);
    }

    @Test
    void clause_10_10_servlets_are_welcome_when_no_file_is() {
        assertThat(probe.facts("/welcome/exactly/?a=b"))
                .containsEntry("path", "/exactly/enter")
                .containsEntry("mapping", "EXACT '/exactly/enter' 'exactly/enter' describe")
                .containsEntry("query", "a=b");
        assertThat(probe.facts("/welcome/")).containsEntry("path", "/first.do");
        assertThat(probe.get("/welcome/jar").header("Location").orElseThrow()).endsWith("/welcome/jar/");
    }

    @Test
    void clause_10_10_a_directory_that_is_mapped_to_a_servlet_has_no_welcome_files() {
        assertThat(probe.facts("/welcome/mapped/"))
                .containsEntry("path", "/mapped")
                .containsEntry("info", "/");
    }

    @Test
    void clause_12_2_1_a_mapping_of_the_application_outdoes_that_for_pages() {
        assertThat(probe.facts("/welcome/any.jsp"))
                .containsEntry("servlet", "describe")
                .containsEntry("mapping", "EXTENSION '*.jsp' 'any' describe");
    }

    @Test
    void clause_10_9_2_an_error_page_for_an_exception_that_is_not_there_is_left_out() {
        probe.narwhal().awaitLog(Pattern.compile("the error page /exact is for no.such.Exception"));
    }

    // ---- the documentation of the interfaces

    @Test
    void clause_4_4_a_context_that_is_configured_refuses_what_cannot_be() {
        assertThat(probe.lines("/probe/contracts/early"))
                .containsExactlyInAnyOrder(
                        "age of cookie: NumberFormatException",
                        "attribute and method of cookie: 17 -1",
                        "attribute of cookie that is no token: IllegalArgumentException",
                        "attributes of cookie in any case: true true false",
                        "comment of cookie: null",
                        "cookie of which nothing was said: null null null null null false false -1",
                        "domain of cookie: d.example d.example true null null",
                        "path of cookie: /x /x true null null",
                        "name of cookie that is no token: IllegalArgumentException",
                        "null attribute of cookie: IllegalArgumentException",
                        "attributes of cookie: UnsupportedOperationException",
                        "creating a deaf listener: IllegalArgumentException",
                        "creating what cannot be made: ServletException",
                        "deaf listener: IllegalArgumentException",
                        "deaf listener by class: IllegalArgumentException",
                        "deaf listener by name: IllegalArgumentException",
                        "empty role: IllegalArgumentException",
                        "listener is declared: true",
                        "null parameter: NullPointerException",
                        "null role: IllegalArgumentException",
                        "page with empty name: IllegalArgumentException",
                        "page without name: IllegalArgumentException",
                        "parameter twice: true false a",
                        "relative pattern: IllegalArgumentException",
                        "same name: null",
                        "tracking by SSL and more: IllegalArgumentException",
                        "unknown listener: IllegalArgumentException");
    }

    /** The listener has said a path and a domain, and then null. */
    @Test
    void clause_7_1_what_was_said_of_the_session_cookie_can_be_taken_back() {
        assertThat(probe.get("/probe/rules/urls").header("Set-Cookie").orElseThrow())
                .startsWith("JSESSIONID=")
                .containsIgnoringCase("path=/probe")
                .doesNotContainIgnoringCase("domain");
    }

    @Test
    void clause_4_a_context_says_what_is_not_there_and_when_it_is_too_late() {
        assertThat(probe.lines("/probe/contracts/context"))
                .containsExactly(
                        "server Narwhal/1",
                        "get null attribute NullPointerException",
                        "set null attribute NullPointerException",
                        "null parameter NullPointerException",
                        "no parameter null",
                        "null context null",
                        "relative context null",
                        "relative resource MalformedURLException",
                        "null paths null",
                        "relative paths IllegalArgumentException",
                        "null stream null",
                        "relative stream true",
                        "null type null",
                        "null dispatcher null",
                        "relative dispatcher IllegalArgumentException",
                        "null name null",
                        "null real path null",
                        "tracking [COOKIE, URL] [COOKIE, URL]",
                        "pages null",
                        "no registration null null",
                        "late role IllegalStateException",
                        "late page IllegalStateException",
                        "late encoding IllegalStateException",
                        "late cookie IllegalStateException IllegalStateException IllegalStateException"
                                + " IllegalStateException IllegalStateException IllegalStateException",
                        "registration UnsupportedOperationException [/contracts/*]");
    }

    @Test
    void clause_12_2_the_servers_own_servlet_is_mapped_to_what_no_other_is() {
        assertThat(probe.facts("/probe/contracts/mappings")).containsEntry("default", "[/]");
        assertThat(probe.facts("/untracked/contracts/mappings")).containsEntry("default", "[]");
    }

    // ---- 8, 14: what annotations, descriptor and registrations declare

    @Test
    void clause_8_2_3_a_descriptor_overrides_the_annotation_of_the_same_name_and_adds_to_another() {
        assertThat(probe.lines("/declared/over"))
                .containsExactlyInAnyOrder("name over", "a descriptor", "b annotation", "c descriptor");
        assertThat(probe.get("/declared/annotated-over").status()).isEqualTo(404);
        assertThat(probe.lines("/declared/twice")).containsExactly("name dev.narwhal.conformance.app.Declared$Twice");
        assertThat(probe.lines("/declared/other-twice"))
                .as("14.2: without the blanks around it")
                .containsExactly("name other twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uploading", "instance", "type", "named"})
    void clause_8_1_5_a_servlet_takes_parts_however_it_was_declared(String servlet) {
        assertThat(upload(servlet, "ten chars.").text().lines()).contains("name " + servlet, "part 10");
        assertThat(upload(servlet, "eleven char").status()).isEqualTo(413);
    }

    private Response upload(String servlet, String content) {
        var body = "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n" + content
                + "\r\n--cut--\r\n";
        return probe.send("POST", "/declared/" + servlet, body, "Content-Type: multipart/form-data; boundary=cut");
    }

    @Test
    void clause_13_4_1_of_an_instance_that_the_application_has_made_the_annotation_says_nothing() {
        for (var method : List.of("GET", "PUT", "PATCH", "DELETE")) {
            assertThat(probe.send(method, "/declared/own", "").status())
                    .as(method)
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance", "type", "named"})
    void clause_13_4_1_the_constraints_of_a_class_hold_however_it_was_registered(String servlet) {
        var outcomes = List.of("GET", "PUT", "PATCH", "DELETE").stream()
                .map(method -> probe.send(method, "/declared/" + servlet, "").status());
        assertThat(outcomes).containsExactly(200, 403, 401, 401);
    }

    @Test
    void clause_8_1_a_class_that_is_registered_runs_as_it_says() {
        assertThat(probe.lines("/declared/named")).containsExactly("name named", "runs as runner");
    }

    // ---- 7.1: how sessions are tracked

    @Test
    void clause_7_1_without_a_tracking_mode_a_client_has_no_session() {
        var response = probe.get("/untracked/sessions/link");
        assertThat(response.header("Set-Cookie")).isEmpty();
        var facts = facts(response);
        assertThat(facts)
                .containsEntry("link", "next")
                .containsEntry("redirect", "next")
                .containsEntry("same", "true");
        assertThat(probe.facts("/untracked/sessions/link;own=" + facts.get("id"), "Cookie: own=" + facts.get("id")))
                .containsEntry("from", "false false false")
                .doesNotContainEntry("id", facts.get("id"));
    }

    @Test
    void clause_7_1_3_a_session_in_the_url_has_the_name_of_the_cookie() {
        var response = probe.get("/linked/sessions/link");
        assertThat(response.header("Set-Cookie")).isEmpty();
        var facts = facts(response);
        var id = facts.get("id");
        assertThat(facts)
                .containsEntry("link", "next;MyOwn=" + id)
                .containsEntry("redirect", "next;MyOwn=" + id)
                .containsEntry("from", "false false false");
        assertThat(probe.facts("/linked/sessions/link;MyOwn=" + id))
                .containsEntry("from", "false true true")
                .containsEntry("id", id);
        assertThat(probe.facts("/linked/sessions/link", "Cookie: MyOwn=" + id)).doesNotContainEntry("id", id);
    }

    private static Map<String, String> facts(Response response) {
        return response.text().lines().map(line -> line.split(" ", 2)).collect(toMap(line -> line[0], line -> line[1]));
    }

    @Test
    void clause_3_a_request_says_what_is_not_there() {
        assertThat(probe.lines(
                        "/probe/contracts/request?a=b",
                        "X-Word: word",
                        "Accept-Language: en;q=0.7, da, en-GB;q=0.8, zh-Hant-TW;q=0.1, *;q=0.01"))
                .containsExactly(
                        "push null",
                        "roles false false false",
                        "number NumberFormatException",
                        "date IllegalArgumentException",
                        "encoding UTF-16",
                        "locales da [da, en_GB, en, zh_TW_#Hant]",
                        "parameters UnsupportedOperationException",
                        "parameter null null",
                        "protocol id '' ''",
                        "ids true true",
                        "part IllegalStateException",
                        "logout null",
                        "login ServletException");
    }

    @Test
    void clause_5_a_response_says_what_it_has() {
        assertThat(probe.lines("/probe/contracts/response"))
                .containsExactly(
                        "trailers null",
                        "redirect IllegalArgumentException",
                        "status 200",
                        "size true",
                        "locale ja_JP ja-JP ISO-8859-1",
                        "headers [Thu, 01 Jan 1970 00:00:00 GMT, Thu, 01 Jan 1970 00:00:01 GMT] [1, 2]",
                        "set [3]",
                        "removed false",
                        "names true");
    }

    @Test
    void clause_5_after_the_commit_nothing_has_an_effect_and_some_is_refused() {
        var response = probe.get("/probe/contracts/committed");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text().lines())
                .containsExactly(
                        "status 200 false",
                        "type null ISO-8859-1 false",
                        "late IllegalStateException",
                        "late IllegalStateException",
                        "late IllegalStateException",
                        "late IllegalStateException",
                        "late IllegalStateException",
                        "late IllegalStateException",
                        "late IllegalStateException");
    }

    @Test
    void clause_7_4_a_value_is_told_before_it_is_there_and_after_it_is_gone() {
        assertThat(probe.lines("/probe/contracts/binding"))
                .containsExactly(
                        "first session created",
                        "bound one of bound while null",
                        "first session added bound=Bound[name=one]",
                        "first session replaced bound=Bound[name=one]",
                        "bound two of bound while one",
                        "first session replaced bound=Bound[name=one]",
                        "unbound one of bound while two",
                        "first session removed bound=Bound[name=two]",
                        "unbound two of bound while null",
                        "bound three of bound while null",
                        "first session added bound=Bound[name=three]",
                        "first session destroyed",
                        "first session removed bound=Bound[name=three]",
                        "unbound three of bound while null");
    }

    // ---- 12: mapping

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ | root | CONTEXT_ROOT '' '' root | '' | /",
                "/exact | exact | EXACT '/exact' 'exact' exact | /exact | null",
                "/exact/slash/ | exact | EXACT '/exact/slash/' 'exact/slash/' exact | /exact/slash/ | null",
                "/p/exact.ext | exact | EXACT '/p/exact.ext' 'p/exact.ext' exact | /p/exact.ext | null",
                "/a*b | exact | EXACT '/a*b' 'a*b' exact | /a*b | null",
                "/semi%3Bcolon | exact | EXACT '/semi;colon' 'semi;colon' exact | /semi;colon | null",
                "/p | prefix | PATH '/p/*' '' prefix | /p | null",
                "/p/ | prefix | PATH '/p/*' '' prefix | /p | /",
                "/p/y.ext | prefix | PATH '/p/*' 'y.ext' prefix | /p | /y.ext",
                "/p/q | prefix | PATH '/p/q/*' '' prefix | /p/q | null",
                "/p/q/r | prefix | PATH '/p/q/*' 'r' prefix | /p/q | /r",
                "/p/qr | prefix | PATH '/p/*' 'qr' prefix | /p | /qr",
                "/p//x | prefix | PATH '/p/*' 'x' prefix | /p | /x",
                "/with%20blank/x | prefix | PATH '/with blank/*' 'x' prefix | /with blank | /x",
                "/bl%C3%A5/x | prefix | PATH '/blå/*' 'x' prefix | /blå | /x",
                "/y.ext | extension | EXTENSION '*.ext' 'y' extension | /y.ext | null",
                "/y.ext;v=1 | extension | EXTENSION '*.ext' 'y' extension | /y.ext | null",
                "/y%2Eext | extension | EXTENSION '*.ext' 'y' extension | /y.ext | null",
                "/a/y.x.ext | extension | EXTENSION '*.ext' 'a/y.x' extension | /a/y.x.ext | null",
                "/.ext | extension | EXTENSION '*.ext' '' extension | /.ext | null",
                "/pages/a.jsp | jsp | EXTENSION '*.jsp' 'pages/a' jsp | /pages/a.jsp | null",
                "/dir/ | jsp | EXTENSION '*.jsp' 'dir/index' jsp | /dir/index.jsp | null",
                "/page/x | page | PATH '/page/*' 'x' page | /page | /x",
                "/dispatch/x?how=forward&to=/y.ext | extension | EXTENSION '*.ext' 'y' extension | /y.ext | null",
                "/dispatch/x?how=forward&to=/y.ext%3Bx=y | extension | EXTENSION '*.ext' 'y' extension | /y.ext | null",
                "/dispatch/x?how=forward&to=/ | root | CONTEXT_ROOT '' '' root | '' | /",
                "/dispatch/x?how=forward&to=/dir/ | jsp | EXTENSION '*.jsp' 'dir/index' jsp | /dir/index.jsp | null",
                "/dispatch/x?how=forward&to=/page/x | page | PATH '/page/*' 'x' page | /page | /x",
                "/dispatch/x?how=async&to=/y.ext | extension | EXTENSION '*.ext' 'y' extension | /y.ext | null",
                "/dispatch/x?how=include&to=/y.ext | extension | PATH '/dispatch/*' 'x' dispatch | /dispatch | /x",
                "/dispatch/x?how=forward&by=name&to=extension | extension | PATH '/dispatch/*' 'x' dispatch | /dispatch | /x",
                "/dispatch/x?how=forward&by=name&to=page | dispatch | PATH '/dispatch/*' 'x' dispatch | /dispatch | /x",
                "/fail/x?with=410 | prefix | PATH '/p/*' 'error' prefix | /p | /error",
            })
    void clause_12_1_and_12_2_requests_and_dispatches_find_their_servlet(
            String path, String servlet, String mapping, String servletPath, String info) {
        var facts = probe.facts(path);

        assertThat(facts)
                .containsEntry("servlet", servlet)
                .containsEntry("mapping", mapping)
                .containsEntry("info", info);
        assertThat(facts.getOrDefault("path", "")).isEqualTo(servletPath);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/exact/",
                "/exact/slash",
                "/EXACT",
                "/px",
                "/a.ext/b",
                "/a/b.ext/",
                "/a.EXT",
                "/b.ext.x",
                "/axb",
                "/semi;colon",
                "/with+blank/x",
                "/nowhere"
            })
    void clause_12_1_other_paths_are_for_the_default_servlet(String path) {
        assertThat(probe.get(path).status()).isEqualTo(404);
    }

    @Test
    void clause_12_1_the_longest_context_path_wins() {
        assertThat(probe.facts("/probe/exact"))
                .containsEntry("context", "/probe")
                .containsEntry("path", "/exact");
        assertThat(probe.get("/probe/p/x").status()).isEqualTo(404);
        assertThat(probe.get("/pages/a.txt").text()).isEqualTo("static");
        assertThat(probe.send("POST", "/pages/a.txt", "a=b").text()).isEqualTo("static");
    }

    // ---- 3: requests

    @ParameterizedTest
    @CsvSource({
        "[::1]:81, [::1]:81, http://[::1]:81/probe/rules/addresses",
        "[::1], [::1]:80, http://[::1]/probe/rules/addresses",
        "a.example, a.example:80, http://a.example/probe/rules/addresses",
        "A.example:8080, A.example:8080, http://A.example:8080/probe/rules/addresses"
    })
    void clause_3_11_the_server_is_what_the_host_header_says(String host, String server, String url) {
        var response =
                probe.raw("GET /probe/rules/addresses HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        assertThat(response.text().lines()).contains("server " + server, "url " + url);
    }

    @Test
    void clause_3_what_is_not_there_is_null_or_none() {
        assertThat(probe.lines(
                        "/probe/rules/addresses",
                        "X-1123: Thu, 01 Jan 1970 00:00:01 GMT",
                        "X-850: Thursday, 01-Jan-70 00:00:01 GMT",
                        "X-Asc: Thu Jan  1 00:00:01 1970"))
                .contains(
                        "protocol HTTP/1.1 http false",
                        "length -1 -1",
                        "missing null false -1 -1 null true",
                        "dates 1000 1000 1000",
                        "user null null null",
                        "dispatcher true",
                        "context true /probe");
        var old = probe.raw("GET /probe/rules/addresses HTTP/1.0\r\n\r\n");
        assertThat(old.text().lines()).contains("protocol HTTP/1.0 http false");
        assertThat(old.text().lines().findFirst().orElseThrow())
                .isEqualTo("server 127.0.0.1:" + probe.narwhal().port());
    }

    @Test
    void clause_3_3_setting_null_removes_an_attribute() {
        assertThat(probe.lines("/probe/rules/attributes"))
                .contains("one null two 2", "names false", "session null []", "interval 0");
    }

    @Test
    void clause_3_1_a_body_is_read_as_characters_or_as_bytes() {
        assertThat(probe.send("POST", "/probe/rules/bodies", "a line\nrest", "Content-Type: text/plain")
                        .text()
                        .lines())
                .containsExactly(
                        "stream IllegalStateException", "same true", "encoding null", "line a line", "rest 114");
        assertThat(probe.send("POST", "/probe/rules/reader", "x", "Content-Type: text/plain;charset=nonsense")
                        .text())
                .startsWith("UnsupportedEncodingException nonsense");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /probe/exact HTTP/1.1\r\n",
                "GET /probe/exact HTTP/1.1\r\nHost: a\r\nHost: b\r\n",
                "GET /probe/exact HTTP/1.1\r\nHost: a/b\r\n",
                "GET /probe/exact#x HTTP/1.1\r\nHost: a\r\n",
                "GET /probe/exact?a#x HTTP/1.1\r\nHost: a\r\n",
                "GET probe/exact HTTP/1.1\r\nHost: a\r\n",
                "GET /probe/exact HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n",
                "POST /probe/exact HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n",
                "POST /probe/exact HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n",
                "POST /probe/exact HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n"
            })
    void clause_3_5_2_what_could_be_understood_in_two_ways_is_a_bad_request(String head) {
        assertThat(probe.raw(head + "Connection: close\r\n\r\n").status()).isEqualTo(400);
    }

    @Test
    void clause_3_2_parts_tell_what_was_sent() {
        var body = """
                --cut
                Content-Disposition: form-data; name="file"; filename="a b.txt"
                Content-Type: text/x-own

                content
                --cut
                Content-Disposition: form-data; name="name"

                1
                --cut
                Content-Disposition: form-data; name="name"

                2
                --cut--
                """.replace("\n", "\r\n");
        assertThat(probe.send("POST", "/probe/rules/parts", body, "Content-Type: multipart/form-data; boundary=cut")
                        .text()
                        .lines())
                .containsExactly(
                        "file a b.txt text/x-own 7 null [] [Content-Disposition, Content-Type]",
                        "name null null 1 null [] [Content-Disposition]",
                        "name null null 1 null [] [Content-Disposition]",
                        "twice true",
                        "deleted done",
                        "values [1, 2] file null");
    }

    // ---- 5.3, 3.13: trailers

    @Test
    void trailers_are_ready_when_the_body_was_read_or_cannot_have_any() {
        assertThat(probe.raw(TRAILERS).text().lines())
                .containsExactly(
                        "ready false IllegalStateException",
                        "body abc",
                        "ready true {x-sum=7, y=9}",
                        "supplier null",
                        "set {x-sum=1}");
        assertThat(probe.send("POST", "/probe/rules/trailers", "abc").text().lines())
                .startsWith("ready true {}", "body abc", "ready true {}");
        assertThat(probe.raw("POST /probe/rules/trailers HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc")
                        .text()
                        .lines())
                .containsExactly(
                        "ready true {}", "body abc", "ready true {}", "supplier null", "set IllegalStateException");
    }

    // ---- 5: responses

    @Test
    void clause_5_2_headers_are_kept_as_they_were_set() {
        var response = probe.get("/probe/rules/headers");

        assertThat(response.text().lines())
                .containsExactly(
                        "one 1 [1, 2]",
                        "empty '' true",
                        "none null []",
                        "null null false",
                        "type text/plain;charset=UTF-8 UTF-8 text/plain;charset=UTF-8",
                        "names true",
                        "change 1");
        assertThat(response.header("X-Empty")).contains("");
        assertThat(response.header("X-Wide")).contains("?");
        assertThat(response.header("X Two")).isEmpty();
        assertThat(response.header("")).isEmpty();
    }

    /** A header that is longer than the server's buffer goes another way. */
    @Test
    void clause_5_2_no_header_begins_another_however_long_it_is() {
        var response = probe.get("/probe/rules/long?length=40000");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("X-Long").orElseThrow()).hasSizeGreaterThan(40_000);
        assertThat(response.header("X-Evil")).isEmpty();
        assertThat(response.text()).isEqualTo("long");
    }

    @Test
    void clause_5_1_a_buffer_can_be_reset_until_it_is_committed() {
        var response = probe.get("/probe/rules/buffer");
        assertThat(response.text()).isEqualTo("kept true IllegalStateException false true true\n");
        assertThat(response.header("X-Kept")).contains("yes");
        assertThat(probe.lines("/probe/rules/writer"))
                .containsExactly(
                        "stream IllegalStateException",
                        "type text/html;charset=UTF-8",
                        "stream after resetBuffer IllegalStateException",
                        "type null ISO-8859-1",
                        "writer IllegalStateException",
                        "wide CharConversionException");
    }

    /** What the servlet notes once its response is over, on the connection that leads to the same worker. */
    private static void awaitTold(Http http, String... lines) {
        Await.until(List.of(lines).toString(), Duration.ofSeconds(20), () -> {
            try {
                return http.get("/probe/rules/sent").text().lines().toList().containsAll(List.of(lines));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void clause_5_5_after_send_error_nothing_else_can_be_sent() throws IOException {
        try (var http = probe.connect()) { // and so one worker, which tells afterwards
            var response = http.get("/probe/rules/error?status=404");
            assertThat(response.status()).isEqualTo(404);
            assertThat(response.header("X-Kept")).contains("yes");
            assertThat(response.header("X-Late")).isEmpty();
            assertThat(response.header("Set-Cookie")).contains("kept=1");
            assertThat(response.header("Content-Type")).contains("text/html;charset=UTF-8");
            assertThat(response.text()).contains("<p>told</p>").doesNotContain("discarded", "ignored");
            awaitTold(
                    http,
                    "committed by sendError true",
                    "again IllegalStateException",
                    "reset after sendError IllegalStateException",
                    "redirect after sendError IllegalStateException");
        }
    }

    @Test
    void clause_5_7_with_the_content_that_was_announced_a_response_is_complete() throws IOException {
        try (var http = probe.connect()) {
            assertThat(http.get("/probe/rules/length").text()).isEqualTo("12345");
            assertThat(http.get("/probe/rules/closed").text()).isEqualTo("before");
            awaitTold(
                    http,
                    "committed at length true",
                    "writer closed true true",
                    "reset after close IllegalStateException");
        }
    }

    @ParameterizedTest
    @CsvSource({"302, ''", "303, &keep", "307, ''"})
    void clause_5_5_a_redirect_commits_with_a_note_or_what_was_written(int status, String keep) throws IOException {
        try (var http = probe.connect()) {
            var response = http.get("/probe/rules/redirect?status=" + status + "&to=/x%3Fa%22b" + keep);
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("X-Kept")).contains("yes");
            assertThat(response.text())
                    .isEqualTo(
                            keep.isEmpty()
                                    ? "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"UTF-8\"><title>Redirect</title></head>"
                                            + "<body><a href=\"/x?a&quot;b\">/x?a&quot;b</a></body></html>\n"
                                    : "discarded");
            awaitTold(http, "redirect " + status + " true " + status + " IllegalStateException");
        }
    }

    /** As in Tomcat: nothing was sent yet. */
    @Test
    void clause_5_5_what_is_thrown_after_a_redirect_is_an_error() throws IOException {
        try (var http = probe.connect()) {
            var response = http.get("/probe/rules/redirect?status=302&to=/elsewhere&throw");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.header("Location")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 205, 304})
    void clause_5_some_responses_have_no_body(int status) throws IOException {
        try (var http = probe.connect()) {
            for (var how : List.of("full", "error", "length")) {
                var response = http.get("/probe/rules/" + how + "?status=" + status);
                assertThat(response.status()).isEqualTo(status);
                assertThat(response.text()).isEmpty();
                assertThat(response.header("Content-Length"))
                        .isEqualTo(status == 205 ? Optional.of("0") : Optional.empty());
            }
            assertThat(http.get("/probe/rules/full?status=200").text()).isEqualTo("a body");
        }
    }

    @Test
    void clause_5_5_cookies_are_refused_when_they_are_added_and_not_later() {
        var response = probe.get("/probe/rules/cookies");

        assertThat(response.text().lines())
                .containsExactly(
                        "IllegalArgumentException",
                        "IllegalArgumentException",
                        "IllegalArgumentException",
                        "NullPointerException",
                        "NumberFormatException");
        assertThat(response.header("Set-Cookie").orElseThrow())
                .contains("own=1; ", "Domain=example.com", "Expires=Thu, 01-Jan-1970", "Priority=High")
                .contains(", session=a, ", ", empty=, ", ", nothing=, ")
                .doesNotContain("late", "blank", "bad");
    }

    /** And 7.1.3: those that lead back into the application. */
    @Test
    void clause_5_5_only_links_with_a_path_carry_the_session() {
        assertThat(probe.lines("/probe/rules/urls"))
                .containsExactly(
                        "/probe/a /probe/a;ID /probe/a;ID",
                        "a?b=c a;ID?b=c a;ID?b=c",
                        "a#d a;ID#d a;ID#d",
                        "../b ../b;ID ../b;ID",
                        "/probe /probe;ID /probe;ID",
                        "/probe?a /probe;ID?a /probe;ID?a",
                        "http://probe.example/probe/a?b http://probe.example/probe/a;ID?b http://probe.example/probe/a;ID?b",
                        "//probe.example:80/probe/a //probe.example:80/probe/a;ID //probe.example:80/probe/a;ID",
                        "http://else.example/a http://else.example/a http://else.example/a",
                        "http://probe.example/a http://probe.example/a http://probe.example/a",
                        "http://probe.example:81/probe/a http://probe.example:81/probe/a http://probe.example:81/probe/a",
                        "https://probe.example/probe/a https://probe.example/probe/a https://probe.example/probe/a",
                        "http://probe.example http://probe.example http://probe.example",
                        "//else.example/probe/a //else.example/probe/a //else.example/probe/a",
                        "/prober /prober /prober",
                        "/other/a /other/a /other/a",
                        "../../b ../../b ../../b",
                        "/probe/../b /probe/../b /probe/../b",
                        "/probe/a;ID /probe/a;ID /probe/a;ID",
                        "  ",
                        "?x ?x ?x",
                        "#y #y #y",
                        "mailto:me mailto:me mailto:me");
    }

    @Test
    void clause_9_3_an_included_servlet_cannot_end_the_response() {
        var response = probe.get("/probe/rules/included");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text().lines()).containsExactly("included", "redirect", "error", "reset", "true", "end");
        assertThat(response.header("X-Inner")).isEmpty();
        assertThat(response.header("Content-Language")).isEmpty();
        assertThat(response.header("Set-Cookie").orElseThrow())
                .startsWith("JSESSIONID=")
                .doesNotContain("inner");
    }

    @Test
    void clause_2_3_3_5_no_upgrade_after_the_response_has_begun() {
        assertThat(probe.get("/probe/rules/upgrade").text()).isEqualTo("no upgrade IllegalStateException");
    }

    // ---- 3.7, 5.7: non-blocking streams

    @Test
    void clause_3_7_a_stream_with_a_listener_is_read_when_it_is_ready_and_never_as_a_whole() throws IOException {
        try (var http = probe.connect()) {
            http.send("POST /probe/unblocked/reading HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
            probe.narwhal().awaitLog(Pattern.compile("unblocked waits"));
            assertThat(http.send("67890").response().text().lines())
                    .containsExactly(
                            "loader true",
                            "all IllegalStateException",
                            "some IllegalStateException",
                            "many IllegalStateException",
                            "line IllegalStateException",
                            "not ready IllegalStateException",
                            "read 10 finished true loader true");
        }
        assertThat(probe.send("POST", "/probe/unblocked/reading", "").text().lines())
                .containsExactly("read 0 finished true loader true");
    }

    @Test
    void clause_5_7_a_stream_with_a_listener_is_written_when_it_is_ready() {
        assertThat(probe.get("/probe/unblocked/writing")
                        .text()
                        .replace("\0", "")
                        .lines())
                .containsExactly(
                        "",
                        "blocking ready true listener IllegalStateException",
                        "null NullPointerException",
                        "twice IllegalStateException",
                        "write IllegalStateException",
                        "print IllegalStateException",
                        "buffer IllegalStateException",
                        "loader true");
    }

    @Test
    void clause_3_7_and_5_7_both_directions_at_once() {
        var body = "x".repeat(300_000);
        assertThat(probe.send("POST", "/probe/unblocked/echo", body).text()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "write"})
    void clause_3_7_and_5_7_a_listener_is_told_what_it_has_thrown(String which) {
        assertThat(probe.send("POST", "/probe/unblocked/failing-" + which, "x").status())
                .isEqualTo(200);
        probe.awaitEvents("failing-" + which, "unblocked /failing-" + which + " on purpose true");
    }

    @Test
    void clause_2_3_3_3_a_context_that_is_over_refuses() {
        assertThat(probe.lines("/probe/unblocked/context"))
                .containsExactly(
                        "created true",
                        "cannot be created ServletException",
                        "timeout 0",
                        "complete IllegalStateException",
                        "dispatch IllegalStateException",
                        "request IllegalStateException",
                        "response IllegalStateException",
                        "listener done",
                        "listener afterwards IllegalStateException",
                        "timeout afterwards IllegalStateException",
                        "request afterwards IllegalStateException");
    }

    @Test
    void clause_2_3_3_5_an_upgraded_connection_may_be_read_without_blocking() throws IOException {
        try (var http = probe.connect()) {
            http.send(
                    "GET /probe/unblocked/upgrade HTTP/1.1\r\nHost: a\r\nUpgrade: loud\r\nConnection: Upgrade\r\n\r\n");
            assertThat(http.line()).startsWith("HTTP/1.1 101");
            while (!http.line().isEmpty()) {
                // headers
            }
            assertThat(http.send("ahoy\n").line()).isEqualTo("AHOY");
            assertThat(http.send("bye\n").line()).isEqualTo("BYE");
            assertThat(http.ended()).isTrue();
        }
        probe.awaitEvents("unblocked loud", "unblocked loud ended");
    }
}
