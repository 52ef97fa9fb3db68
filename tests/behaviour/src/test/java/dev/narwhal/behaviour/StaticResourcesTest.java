package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of an application: RFC 9110's conditional and range requests, types, and what is not served. */
@EachDispatch
final class StaticResourcesTest {

    private static final String POEM = "/files/poem.txt";

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals) {
        narwhal = narwhals.start("--dispatch=" + dispatch, "--workers=1", Wars.sample("classic"));
    }

    @Test
    void a_file_has_a_length_a_type_and_validators() throws IOException {
        var response = get(POEM, "");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.length()).isEqualTo(72);
        assertThat(response.header("Content-Length")).contains("72");
        assertThat(response.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(response.header("Last-Modified")).isPresent();
        assertThat(response.header("ETag")).isPresent();
    }

    @Test
    void one_that_the_client_has_is_not_sent_again() throws IOException {
        var first = get(POEM, "");
        var tag = first.header("ETag").orElseThrow();
        var modified = first.header("Last-Modified").orElseThrow();

        assertThat(get(POEM, "If-None-Match: " + tag + "\r\n").status()).isEqualTo(304);
        assertThat(get(POEM, "If-None-Match: \"other\", " + tag + "\r\n").status())
                .isEqualTo(304);
        assertThat(get(POEM, "If-Modified-Since: " + modified + "\r\n").status())
                .isEqualTo(304);
    }

    @Test
    void one_that_has_changed_is_sent() throws IOException {
        assertThat(get(POEM, "If-None-Match: \"other\"\r\n").status()).isEqualTo(200);
        assertThat(get(POEM, "If-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT\r\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void if_none_match_beats_if_modified_since() throws IOException {
        var modified = get(POEM, "").header("Last-Modified").orElseThrow();

        assertThat(get(POEM, "If-None-Match: \"other\"\r\nIf-Modified-Since: " + modified + "\r\n")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"bytes=4-6, 4-6", "bytes=0-0, 0-0", "bytes=70-, 70-71", "bytes=-3, 69-71", "bytes=60-500, 60-71"})
    void a_range_is_cut_out(String range, String expected) throws IOException {
        var whole = get(POEM, "").text();
        var bounds = expected.split("-", -1);
        var response = get(POEM, "Range: " + range + "\r\n");

        assertThat(response.status()).isEqualTo(206);
        assertThat(response.header("Content-Range")).contains("bytes " + expected + "/72");
        assertThat(response.text())
                .isEqualTo(whole.substring(Integer.parseInt(bounds[0]), Integer.parseInt(bounds[1]) + 1));
    }

    @Test
    void a_range_behind_the_end_cannot_be_satisfied() throws IOException {
        var response = get(POEM, "Range: bytes=500-600\r\n");

        assertThat(response.status()).isEqualTo(416);
        assertThat(response.header("Content-Range")).contains("bytes */72");
    }

    @Test
    void a_range_of_another_version_gets_the_whole_file() throws IOException {
        var tag = get(POEM, "").header("ETag").orElseThrow();

        assertThat(get(POEM, "Range: bytes=4-6\r\nIf-Range: \"other\"\r\n").status())
                .isEqualTo(200);
        if (!tag.startsWith("W/")) {
            assertThat(get(POEM, "Range: bytes=4-6\r\nIf-Range: " + tag + "\r\n")
                            .status())
                    .isEqualTo(206);
        }
    }

    @Test
    void head_has_the_headers_of_get_and_no_body() throws IOException {
        try (var http = Http.connect(narwhal.port())) {
            var head = http.send("HEAD " + POEM + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .response(false);
            assertThat(head.header("Content-Length")).contains("72");
            assertThat(http.get("/trace").status()).isEqualTo(200);
        }
    }

    @Test
    void types_come_from_the_descriptor_first() throws IOException {
        assertThat(get("/files/north.tusk", "").header("Content-Type")).contains("application/x-tusk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/web.xml",
                "/WEB-INF/",
                "/WEB-INF",
                "/web-inf/web.xml",
                "/META-INF/MANIFEST.MF",
                "/files/../WEB-INF/web.xml",
                "/files/%2e%2e/WEB-INF/web.xml",
                "/%57EB-INF/web.xml",
                "/WEB-INF;x/web.xml",
                "//WEB-INF/web.xml",
                "/./WEB-INF/web.xml",
                "/../../../../../../etc/passwd",
                "/files/..%2f..%2f..%2f..%2f..%2fetc/passwd",
                "/files/..%5c..%5cWEB-INF%5cweb.xml",
                "/files/poem.txt%00.html"
            })
    void nothing_else_of_the_archive_or_the_disk_is_served(String path) throws IOException {
        var response = get(path, "");

        assertThat(response.status()).as(response.text()).isBetween(400, 404);
        assertThat(response.text()).doesNotContain("<web-app", "root:");
    }

    @Test
    void writing_to_a_file_is_not_allowed() throws IOException {
        try (var http = Http.connect(narwhal.port())) {
            assertThat(http.send("PUT " + POEM + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx")
                            .response()
                            .status())
                    .isEqualTo(405);
        }
    }

    private Response get(String path, String headers) throws IOException {
        try (var http = Http.connect(narwhal.port())) {
            return http.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Connection: close\r\n\r\n")
                    .response();
        }
    }
}
