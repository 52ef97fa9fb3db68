package dev.narwhal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Narwhals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servlet 6.1, chapters 3 (requests) and 5 (responses). */
@EachDispatch
final class ExchangeTest {

    private static final String TRAILERS = """
            POST /probe/answer/trailers HTTP/1.1
            Host: localhost
            Transfer-Encoding: chunked
            Trailer: X-Count

            3
            abc
            0
            X-Count: 3

            """.replace("\n", "\r\n");

    private static final String ABSOLUTE = """
            GET http://else.example:81/probe/describe/a?b=c HTTP/1.1
            Host: else.example:81
            Connection: close

            """.replace("\n", "\r\n");

    private static final String PARTS = """
            --cut
            Content-Disposition: form-data; name="file"; filename="a.txt"
            Content-Type: text/plain
            X-Own: one

            content
            --cut
            Content-Disposition: form-data; name="name"

            Ada
            --cut--
            """.replace("\n", "\r\n");

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private Probe probe;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path directory) {
        probe = Probe.start(narwhals, dispatch, directory);
    }

    // ---- 3.5.2: paths

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/probe/describe/a%2Fb",
                "/probe/describe/a%2fb",
                "/probe/describe/a%5Cb",
                "/probe/describe/a\\b",
                "/probe/describe/..;x=y/b",
                "/probe/describe/.;x=y/b",
                "/probe/describe/%2e%2e/b",
                "/probe/describe/%2e/b",
                "/probe/describe/%2E%2e;x/b",
                "/probe/describe/a%00b",
                "/probe/describe/a%01b",
                "/probe/describe/a%7Fb",
                "/probe/describe/a%0Ab",
                "/probe/describe/a%zzb",
                "/probe/describe/a%2",
                "/probe/describe/a%C3%28",
                "/../probe/describe",
                "/probe/../../describe",
                "/probe/describe/%u002e"
            })
    void clause_3_5_2_suspicious_paths_are_bad_requests(String path) {
        assertThat(probe.get(path).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "/probe/describe/a/./b, /a/b",
        "/probe/describe/a/../b, /b",
        "/probe/describe/a;x=y/b, /a/b",
        "/probe/describe;x=y/b, /b",
        "/probe/describe/;jsessionid=x, /",
        "/probe/describe/a/;x=y, /a/",
        "/probe/describe/a%20b, /a b",
        "/probe/describe/a+b, /a+b",
        "/probe/describe/%41, /A",
        "/probe/describe/a%3Bb, /a;b",
        "/probe/describe/r%C3%B8ye, /røye",
        "/probe/describe/a%25b, /a%b",
        "/probe/x/../describe/b, /b"
    })
    void clause_3_5_2_paths_are_decoded_and_normalized(String path, String info) {
        assertThat(probe.facts(path)).containsEntry("info", info).containsEntry("path", "/describe");
    }

    @Test
    void clause_3_5_the_uri_is_as_it_was_sent() {
        assertThat(probe.facts("/probe/describe/a%20b;x=y?q=%20"))
                .containsEntry("uri", "/probe/describe/a%20b;x=y")
                .containsEntry("query", "q=%20");
    }

    @Test
    void clause_3_5_the_uri_of_an_absolute_request_begins_with_its_path() {
        var response = probe.raw(ABSOLUTE);

        assertThat(response.text().lines())
                .contains("uri /probe/describe/a", "context /probe", "path /describe", "info /a", "query b=c");
    }

    // ---- 3: other elements of a request

    @Test
    void clause_3_1_parameters_of_query_and_body_are_joined_in_that_order() {
        var response = probe.send(
                "POST",
                "/probe/describe?a=1&b=",
                "a=2&c=%C3%B8",
                "Content-Type: application/x-www-form-urlencoded;charset=UTF-8");

        assertThat(response.text().lines()).contains("parameter a=[1, 2]", "parameter b=[]", "parameter c=[ø]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%zz", "a=%", "a=b&%2=c"})
    void clause_3_1_parameters_that_cannot_be_decoded_are_bad_requests(String parameters) {
        assertThat(probe.get("/other/describe?" + parameters).status()).isEqualTo(400);
        assertThat(probe.send("POST", "/other/describe", parameters, "Content-Type: application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void clause_3_1_a_form_that_is_too_large_is_refused() {
        var type = "Content-Type: application/x-www-form-urlencoded";
        assertThat(probe.send("POST", "/other/describe", "a=" + "x".repeat((2 << 20) - 2), type)
                        .status())
                .isEqualTo(200);
        var oneMore = "a=" + "x".repeat((2 << 20) - 1);
        assertThat(probe.raw("POST /other/describe HTTP/1.1\r\nHost: probe.example\r\n" + type + "\r\nContent-Length: "
                                + oneMore.length() + "\r\n\r\n" + oneMore)
                        .status())
                .isEqualTo(413);
        assertThat(chunked("/other/describe", type, (2 << 20) - 2)).isEqualTo(200);
        assertThat(chunked("/other/describe", type, (2 << 20) - 1)).isEqualTo(413);
        assertThat(probe.send("POST", "/other/describe", "a=b&".repeat(1000), type)
                        .status())
                .isEqualTo(200);
        assertThat(probe.send("POST", "/other/describe", "a=b&".repeat(1001), type)
                        .status())
                .isEqualTo(400);
        assertThat(probe.send("POST", "/other/describe?c=d", "a=b&".repeat(999), type)
                        .status())
                .isEqualTo(200);
        assertThat(probe.send("POST", "/other/describe?c=d", "a=b&".repeat(1000), type)
                        .status())
                .as("with that of the query")
                .isEqualTo(400);
    }

    @Test
    void clause_3_2_the_texts_of_a_multipart_form_are_limited_like_any_form() {
        int most = 2 << 20;
        assertThat(texts("x".repeat(most / 2), "x".repeat(most / 2))).isEqualTo(200);
        assertThat(texts("x".repeat(most / 2), "x".repeat(most / 2 + 1))).isEqualTo(413);
        assertThat(texts("x".repeat(10_000), "x".repeat(most))).isEqualTo(413);
    }

    private int texts(String one, String two) {
        return probe.send(
                        "POST",
                        "/other/read/facts",
                        "--cut\r\nContent-Disposition: form-data; name=\"one\"\r\n\r\n" + one
                                + "\r\n--cut\r\nContent-Disposition: form-data; name=\"two\"\r\n\r\n" + two
                                + "\r\n--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
                                + one
                                + "\r\n--cut--\r\n",
                        "Content-Type: multipart/form-data; boundary=cut")
                .status();
    }

    /** The answer to a form that does not say its length: a field with a value of so many characters. */
    private int chunked(String path, String type, int length) {
        var chunk = Integer.toHexString(length + 2) + "\r\na=" + "x".repeat(length) + "\r\n0\r\n\r\n";
        return probe.raw("POST " + path + " HTTP/1.1\r\nHost: probe.example\r\nConnection: close\r\n" + type
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk)
                .status();
    }

    @Test
    void clause_3_12_the_request_encoding_may_be_set_in_the_descriptor() {
        var type = "Content-Type: application/x-www-form-urlencoded";
        assertThat(probe.send("POST", "/other/answer/encoding", "text=%A4", type)
                        .text())
                .contains("ISO-8859-15 UTF-8 €");
        assertThat(probe.send("POST", "/other/answer/encoding", "text=%E2%82%AC", type + ";charset=UTF-8")
                        .text())
                .contains("UTF-8 UTF-8 €");
    }

    @Test
    void clause_3_1_identifiers_are_unique_and_the_connection_is_known() throws IOException {
        try (var http = probe.connect()) {
            var first = http.get("/probe/answer/ids").text().lines().toList();
            var second = http.get("/probe/answer/ids").text().lines().toList();

            assertThat(first.get(0)).isNotEmpty().isNotEqualTo(second.get(0));
            assertThat(first.get(1)).isEmpty();
            assertThat(first.get(2)).isNotEmpty().isEqualTo(second.get(2));
            assertThat(first.subList(3, 6)).containsExactly("http/1.1", "", "false");
        }
    }

    @Test
    void clause_3_2_parts_have_limits() {
        var type = "Content-Type: multipart/form-data; boundary=cut";
        assertThat(probe.send("POST", "/probe/answer/parts", body("small"), type)
                        .text())
                .isEqualTo("file a.txt 5 text/plain\nname null 3 null\nparameter Ada");
        assertThat(probe.send("POST", "/probe/answer/parts", body("x".repeat(101)), type)
                        .status())
                .isEqualTo(413);
        assertThat(probe.send("POST", "/probe/answer/parts", body("x".repeat(2000)), type)
                        .status())
                .isEqualTo(413);
        assertThat(probe.send("POST", "/probe/answer/parts", "a=1", "Content-Type: text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(probe.send("POST", "/other/answer/parts", body("small"), type)
                        .status())
                .isEqualTo(413);
    }

    private static String body(String file) {
        return "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n"
                + file + "\r\n--cut\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAda\r\n--cut--\r\n";
    }

    @Test
    void clause_3_4_headers_are_read_as_the_interface_says() {
        var response = probe.get("/probe/answer/headers", "X-Number: seven", "X-Lower: found");

        assertThat(response.text()).isEqualTo("[a, b] -2 found");
        assertThat(response.header("X-Many")).contains("a, b");
        assertThat(response.header("X-Int")).contains("7");
        assertThat(response.header("X-Date")).contains("Thu, 01 Jan 1970 00:00:00 GMT");
        assertThat(response.header("X-Gone")).isEmpty();
        assertThat(response.header("X-None")).isEmpty();
        assertThat(response.header("X-Evil")).isEmpty();
        assertThat(response.header("X-Split")).isPresent();
        assertThat(probe.get("/probe/answer/headers", "X-Number: 12").text()).contains(" 12 ");
        assertThat(probe.get("/probe/answer/headers").text()).contains(" -1 ");
    }

    @Test
    void clause_3_6_a_request_tells_what_was_sent() {
        var response = probe.send(
                "POST",
                "/probe/read/facts?a=1",
                "b=2",
                "Content-Type: application/x-www-form-urlencoded; charset=\"utf-8\"",
                "Accept-Language: nb;q=0.5, sv, en-GB;q=0.8",
                "X-Date: Thu, 01 Jan 1970 00:00:01 GMT",
                "X-Many: a",
                "X-Many: b");

        assertThat(response.text().lines())
                .containsExactly(
                        "locales [sv, en_GB, nb] sv",
                        "date 1000 -1",
                        "length 3 3",
                        "type application/x-www-form-urlencoded; charset=\"utf-8\" utf-8",
                        "server probe.example 80 http HTTP/1.1",
                        "url http://probe.example/probe/read/facts",
                        "names [a, b]",
                        "parameters {a=[1], b=[2]}",
                        "push null");
    }

    /** Of a body, only that of POST counts, and only a form's. */
    @ParameterizedTest
    @CsvSource({
        "POST, application/x-www-form-urlencoded, '{a=[1], b=[2]}'",
        "POST, text/plain, '{a=[1]}'",
        "PUT, application/x-www-form-urlencoded, '{a=[1]}'"
    })
    void clause_3_1_1_a_form_is_what_was_posted_as_one(String method, String type, String parameters) {
        assertThat(probe.send(method, "/probe/read/facts?a=1", "b=2", "Content-Type: " + type)
                        .text()
                        .lines())
                .contains("parameters " + parameters);
    }

    @Test
    void clause_3_1_what_is_refused_is_refused_by_exception() {
        assertThat(probe.lines("/probe/read/twice", "X-No-Date: tomorrow"))
                .containsExactly(
                        "reader IllegalStateException",
                        "stream IllegalStateException",
                        "map UnsupportedOperationException",
                        "date IllegalArgumentException",
                        "buffer IllegalStateException");
    }

    @Test
    void clause_3_12_an_encoding_may_be_set_before_parameters_are_read() {
        var response = probe.send(
                "POST", "/probe/read/charset", "text=%A4", "Content-Type: application/x-www-form-urlencoded");

        assertThat(response.text().lines())
                .containsExactly("UnsupportedEncodingException", "UnsupportedEncodingException", "ISO-8859-15 €");
    }

    @Test
    void clause_3_7_and_5_7_streams_read_and_write_buffers() {
        assertThat(probe.send("POST", "/probe/read/buffers", "whale").text()).isEqualTo("whale true true");
        assertThat(probe.send("POST", "/probe/read/buffers", "x".repeat(50_000)).text())
                .isEqualTo("x".repeat(50_000) + " true true");
    }

    @Test
    void clause_3_2_a_part_has_headers_and_can_be_written() {
        assertThat(probe.send("POST", "/probe/read/part", PARTS, "Content-Type: multipart/form-data; boundary=cut")
                        .text()
                        .lines())
                .containsExactly("text/plain [one] 3", "content", "content", "true null Ada");
    }

    // ---- 3.9 and 5.5: cookies

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "a=1; b=2 | a=1 b=2",
                "a=\"1\"; b=2 | a=\"1\" b=2",
                "a=x=y | a=x=y",
                "a=; b=2 | a= b=2",
                "a; b=2 | b=2",
                "=1; b=2 | b=2",
                "a b=1; c=2 | c=2",
                "$Version=1; b=2 | $version=1 b=2",
                "$Version=x; b=2 | $version=x b=2",
                "a=1, b=2; c=3 | c=3",
                "a=1 2; c=3 | c=3",
                "a={\"b\":1}; c=3 | c=3",
                "a=x?y@example/z; c=3 | a=x?y@example/z c=3",
                "a=(1)@[2]{3}; b=2 | a=(1)@[2]{3} b=2",
                "a=1;b=2;; c=3; | a=1 b=2 c=3"
            })
    void clause_3_9_cookies_are_those_of_rfc_6265_and_others_are_left_out(String header, String cookies) {
        var response = probe.get("/probe/read/cookies", "Cookie: " + header);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text().replace("\n", " ").strip()).isEqualTo(cookies);
    }

    @Test
    void clause_5_5_cookies_have_attributes() throws IOException {
        try (var http = probe.connect()) {
            http.send(
                    "GET /probe/answer/cookies HTTP/1.1\r\nHost: localhost\r\nCookie: a=1; b=\"2\"\r\nCookie: c=x=y\r\n\r\n");
            var lines = new ArrayList<String>();
            for (var line = http.line(); !line.isEmpty(); line = http.line()) {
                lines.add(line);
            }
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("Set-Cookie: fish=cod"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.toLowerCase(Locale.ROOT))
                            .contains(
                                    "path=/probe", "secure", "httponly", "max-age=60", "samesite=lax", "partitioned"));
            assertThat(lines).anyMatch(line -> line.equals("Set-Cookie: second=2"));
        }
        assertThat(probe.get("/probe/answer/cookies", "Cookie: a=1; b=2; c=x=y")
                        .text()
                        .lines())
                .contains("a=1", "b=2", "c=x=y", "refused third");
    }

    // ---- 5: responses

    @ParameterizedTest
    @CsvSource({
        "'', 302, '<a href=\"/elsewhere\">'",
        "status, 307, '<a href=\"/elsewhere\">'",
        "keep, 302, kept",
        "both, 303, kept"
    })
    void clause_5_5_redirects_have_a_status_and_may_keep_the_body(String how, int status, String body) {
        var response = probe.get("/probe/answer/redirect?to=/elsewhere&how=" + how);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("Location").orElseThrow()).endsWith("/elsewhere");
        assertThat(response.text()).contains(body);
        assertThat(response.text().contains("kept")).isEqualTo(body.equals("kept"));
    }

    @ParameterizedTest
    @CsvSource({
        "elsewhere, /probe/answer/elsewhere",
        "../elsewhere, /probe/elsewhere",
        "/a?b=c%23d, /a?b=c#d",
        "//x.example/y?z, http://x.example/y?z",
        "http://x.example/y, http://x.example/y"
    })
    void clause_5_5_redirects_may_be_relative(String to, String location) {
        var response = probe.get("/probe/answer/redirect?to=" + to);
        var found = response.header("Location").orElseThrow();

        var absolute = java.net
                .URI
                .create("http://probe.example/probe/answer/redirect")
                .resolve(found);
        assertThat(absolute)
                .isEqualTo(java.net
                        .URI
                        .create("http://probe.example/probe/answer/redirect")
                        .resolve(location));
    }

    @Test
    void clause_5_1_reset_clears_everything_and_is_refused_after_commit() {
        var response = probe.get("/probe/answer/buffer");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("X-Reset")).isEmpty();
        assertThat(response.header("X-Late")).isEmpty();
        assertThat(response.text()).isEqualTo("fresh 200 refused");
    }

    @Test
    void clause_5_6_character_encodings() {
        assertThat(probe.get("/probe/answer/encoding?type=text/plain")
                        .header("Content-Type")
                        .orElseThrow())
                .isEqualToIgnoringCase("text/plain;charset=ISO-8859-1");
        assertThat(probe.get("/other/answer/encoding?type=text/plain")
                        .header("Content-Type")
                        .orElseThrow())
                .isEqualToIgnoringCase("text/plain;charset=UTF-8");
        assertThat(probe.get("/probe/answer/encoding?type=text/plain&locale=ja")
                        .header("Content-Type")
                        .orElseThrow())
                .isEqualToIgnoringCase("text/plain;charset=Shift_JIS");
        var both = probe.get("/probe/answer/encoding?locale=ja&type=text/plain;charset=UTF-8");
        assertThat(both.header("Content-Type").orElseThrow()).isEqualToIgnoringCase("text/plain;charset=UTF-8");
        assertThat(both.header("Content-Language")).contains("ja");
    }

    /** The javadoc of {@code ServletResponse}: what null clears, and that defaults of the application remain. */
    @ParameterizedTest
    @CsvSource({
        "probe/typed/html-utf8, text/html;charset=UTF-8 UTF-8 true, text/html;charset=UTF-8",
        "probe/typed/html-utf8/no-type, null ISO-8859-1 true, ",
        "probe/typed/html-utf8/no-type/html, text/html ISO-8859-1 true, text/html",
        "probe/typed/html-utf8/no-type/utf16, null UTF-16 true, ",
        "probe/typed/header/no-header, null ISO-8859-1 true, ",
        "probe/typed/html-utf8/no-encoding, text/html ISO-8859-1 true, text/html",
        "probe/typed/html/utf16/no-charset, text/html ISO-8859-1 true, text/html",
        "probe/typed/html/charset, text/html;charset=US-ASCII US-ASCII true, text/html;charset=US-ASCII",
        "probe/typed/ja/no-type, null ISO-8859-1 false, ",
        "probe/typed/ja/no-locale, null ISO-8859-1 true, ",
        "probe/typed/utf16/ja/no-locale, null UTF-16 true, ",
        "probe/typed/html-utf8/ja/reset, null ISO-8859-1 true, ",
        "probe/typed/html-utf8/reset/html, text/html ISO-8859-1 true, text/html",
        "probe/typed/html/negative, text/html ISO-8859-1 true, text/html",
        "other/typed/html-utf8/no-type, null UTF-8 true, ",
        "other/typed/html/utf16/no-encoding, text/html UTF-8 true, text/html"
    })
    void clause_5_6_null_clears_type_encoding_and_locale(String path, String seen, String header) {
        var response = probe.get("/" + path);

        assertThat(response.header("X-Seen")).contains(seen);
        assertThat(response.header("Content-Type")).isEqualTo(Optional.ofNullable(header));
        assertThat(response.text()).isEqualTo("typed");
    }

    @Test
    void clause_5_3_trailers_go_both_ways() throws IOException {
        try (var http = probe.connect()) {
            http.send(TRAILERS);
            var lines = new ArrayList<String>();
            for (var line = http.line(); !line.equals("0"); line = http.line()) {
                lines.add(line);
            }
            assertThat(lines).contains("trailers {x-count=3}");
            assertThat(http.line()).isEqualToIgnoringCase("X-Sum: 42");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flushed", "left"})
    void clause_5_3_trailers_go_with_the_last_response_of_a_connection(String how) throws IOException {
        try (var http = probe.connect()) {
            http.send("GET /probe/answer/trailers?how=" + how
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            var lines = new ArrayList<String>();
            for (var line = http.line(); !line.equals("0"); line = http.line()) {
                lines.add(line);
            }
            assertThat(lines).contains("trailers {}");
            assertThat(http.line()).isEqualToIgnoringCase("X-Sum: 42");
        }
    }

    @Test
    void clause_5_2_a_header_cannot_begin_another() throws IOException {
        try (var http = probe.connect()) {
            http.send("GET /probe/read/inject?text=a%0D%0AX-Evil:%20yes HTTP/1.1\r\nHost: localhost\r\n\r\n");
            var lines = new ArrayList<String>();
            for (var line = http.line(); !line.isEmpty(); line = http.line()) {
                lines.add(line);
            }
            assertThat(lines.getFirst()).startsWith("HTTP/1.1 302");
            assertThat(lines).noneMatch(line -> line.startsWith("X-Evil"));
        }
    }

    @Test
    void clause_5_1_what_comes_after_the_commit_is_refused_or_ignored() {
        assertThat(probe.lines("/probe/read/late"))
                .containsExactly(
                        "x".repeat(20),
                        "buffer IllegalStateException",
                        "reset IllegalStateException",
                        "redirect IllegalStateException",
                        "trailers IllegalStateException",
                        "status 200 false");
    }

    // ---- 2.3.3.5: upgrade

    @Test
    void clause_2_3_3_5_a_servlet_may_change_the_protocol() throws IOException {
        try (var http = probe.connect()) {
            http.send(
                    "GET /probe/answer/upgrade HTTP/1.1\r\nHost: localhost\r\nUpgrade: loud\r\nConnection: Upgrade\r\n\r\n");
            assertThat(http.line()).startsWith("HTTP/1.1 101");
            while (!http.line().isEmpty()) {
                // headers
            }
            assertThat(http.send("ahoy\n").line()).isEqualTo("AHOY");
            assertThat(probe.get("/probe/describe/meanwhile").status()).isEqualTo(200);
            assertThat(http.send("bye\n").line()).isEqualTo("BYE");
            assertThat(http.ended()).isTrue();
        }
        probe.awaitEvents("loud ", "loud begun", "loud ended");
    }
}
