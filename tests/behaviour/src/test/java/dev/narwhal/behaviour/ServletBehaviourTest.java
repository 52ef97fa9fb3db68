package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.behaviour.app.AttributesServlet;
import dev.narwhal.behaviour.app.ClassesServlet;
import dev.narwhal.behaviour.app.RedirectServlet;
import dev.narwhal.behaviour.app.SessionServlet;
import dev.narwhal.behaviour.app.StreamServlet;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the specifications promise an application or its client, the same under each dispatch class. */
@EachDispatch
final class ServletBehaviourTest {

    private static final Pattern REPLACED = Pattern.compile("worker 0 .* is to be replaced");

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path directory) {
        var war = new WarBuilder()
                .descriptor("""
                        <servlet>
                          <servlet-name>attributes</servlet-name>
                          <servlet-class>%s</servlet-class>
                        </servlet>
                        <servlet-mapping>
                          <servlet-name>attributes</servlet-name>
                          <url-pattern>/attributes/*</url-pattern>
                        </servlet-mapping>
                        """.formatted(AttributesServlet.class.getName()))
                .classes(AttributesServlet.class, ClassesServlet.class, SessionServlet.class, StreamServlet.class)
                .classes(RedirectServlet.class)
                .write(directory.resolve("spec.war"));
        narwhal = narwhals.start("--dispatch=" + dispatch, "--workers=1", war + "=/app");
    }

    /** Servlet 6.1, 3.5. */
    @Test
    void the_request_path_is_taken_apart() throws IOException {
        assertThat(get("/app/attributes/a%20b/c?q=1%202").text().lines())
                .contains(
                        "uri /app/attributes/a%20b/c",
                        "query q=1%202", "context path /app", "servlet path /attributes", "path info /a b/c");
    }

    /** Servlet 6.1, HttpServletResponse.sendRedirect: relative to what the client asked for. */
    @ParameterizedTest
    @CsvSource({
        "next?a=b/../c, /app/redirect/next?a=b/../c",
        "../other, /app/other",
        "/root, /root",
    })
    void a_page_that_was_forwarded_to_redirects_from_the_clients_view(String to, String location) throws IOException {
        var encoded = URLEncoder.encode(to, StandardCharsets.UTF_8);

        assertThat(get("/app/redirect/start?to=" + encoded).header("Location").orElseThrow())
                .isEqualTo("http://localhost" + location);
    }

    @Test
    void the_server_is_who_the_client_asked() throws IOException {
        try (var http = connect()) {
            var text = http.send("GET /app/attributes/ HTTP/1.1\r\nHost: narwhal.example:8443\r\n\r\n")
                    .response()
                    .text();

            assertThat(text.lines())
                    .contains(
                            "server narwhal.example:8443",
                            "url http://narwhal.example:8443/app/attributes/",
                            "remote 127.0.0.1");
        }
    }

    /** Servlet 6.1, 7.7.1: a thread of the request, and session ids that change when asked. */
    @Test
    void a_session_keeps_a_value_and_may_change_its_id() throws IOException {
        var first = get("/app/session?remember=fish");
        var cookie = cookie(first);

        assertThat(withCookie("/app/session", cookie).text()).isEqualTo("fish");
        var ids = withCookie("/app/session?change", cookie).text().lines().toList();
        assertThat(ids).hasSize(2).doesNotHaveDuplicates();
        assertThat(withCookie("/app/session", "JSESSIONID=" + ids.getLast()).text())
                .isEqualTo("fish");
        assertThat(withCookie("/app/session", cookie).text()).isEqualTo("null");
    }

    @Test
    void a_session_id_that_the_server_did_not_give_is_not_adopted() throws IOException {
        var response = withCookie("/app/session?remember=fish", "JSESSIONID=chosen-by-an-attacker");

        assertThat(cookie(response)).doesNotContain("chosen-by-an-attacker");
    }

    /** Servlet 6.1, 10.7.2: server classes are not visible, the Jakarta APIs are. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.undertow.Undertow",
                "org.xnio.Xnio",
                "org.jboss.logging.Logger",
                "org.slf4j.Logger",
                "ch.qos.logback.classic.Logger",
                "org.jboss.jandex.Index",
                "com.google.gson.Gson",
                "dev.narwhal.contract.ExitCode",
                "dev.narwhal.worker.WorkerMain"
            })
    void classes_of_the_server_are_hidden(String name) throws IOException {
        assertThat(get("/app/class?name=" + name).text()).isEqualTo("nowhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"jakarta.servlet.Servlet", "java.sql.Driver", "javax.sql.DataSource", "java.net.http.HttpClient"
            })
    void apis_are_visible(String name) throws IOException {
        assertThat(get("/app/class?name=" + name).text()).isEqualTo("outside");
    }

    @Test
    void two_requests_in_one_packet_are_answered_in_order() throws IOException {
        try (var http = connect()) {
            http.request("/app/attributes/first").request("/app/attributes/second");

            assertThat(http.response().text()).contains("path info /first");
            assertThat(http.response().text()).contains("path info /second");
        }
    }

    @Test
    void what_is_flushed_is_sent_in_chunks() throws IOException {
        try (var http = connect()) {
            var response = http.get("/app/stream?lines=100");

            assertThat(response.header("Transfer-Encoding")).contains("chunked");
            assertThat(response.text().lines()).hasSize(100).last().isEqualTo("line 99");
        }
    }

    @Test
    void a_body_can_be_read_and_answered_bit_by_bit() throws IOException {
        try (var http = connect()) {
            http.send("POST /app/stream HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            chunk(http, "one\n");
            assertThat(http.line()).startsWith("HTTP/1.1 200 ");
            for (var header = http.line(); !header.isEmpty(); header = http.line()) {
                assertThat(header).contains(":");
            }
            assertThat(Integer.parseInt(http.line(), 16)).isEqualTo(4);
            assertThat(http.line()).isEqualTo("one");
            chunk(http, "two\n");
            assertThat(http.line()).isEmpty();
            assertThat(Integer.parseInt(http.line(), 16)).isEqualTo(4);
            assertThat(http.line()).isEqualTo("two");
            http.send("0\r\n\r\n");
        }
    }

    @Test
    void a_client_that_expects_to_continue_is_told_to() throws IOException {
        try (var http = connect()) {
            http.send(
                    "POST /app/stream HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
            assertThat(http.line()).startsWith("HTTP/1.1 100");
            assertThat(http.line()).isEmpty();
            http.send("one\n");
            assertThat(http.response().text()).isEqualTo("one\nend\n");
        }
    }

    @Test
    void a_body_that_nobody_reads_does_not_disturb_the_next_request() throws IOException {
        try (var http = connect()) {
            var body = "x".repeat(5000);
            http.send("POST /app/attributes/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n" + body);
            assertThat(http.response().text()).contains("method POST");
            assertThat(http.get("/app/attributes/next").text()).contains("path info /next");
        }
    }

    /** RFC 9112, 9.6: the server reads on, so that no reset takes the answer away. */
    @ParameterizedTest
    @CsvSource({"HTTP/1.1, attributes/, 200", "HTTP/1.0, attributes/, 200", "HTTP/1.1, missing, 404"})
    void a_body_that_nobody_reads_may_be_sent_after_the_last_answer_of_a_connection(
            String version, String path, int status) throws IOException {
        try (var http = connect()) {
            int chunks = 200;
            var chunk = new byte[64 * 1024];
            http.send(
                    "POST /app/" + path + " " + version + "\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                            + chunks * chunk.length + "\r\n\r\n");
            assertThat(http.response().status()).isEqualTo(status);
            for (int i = 0; i < chunks; i++) {
                http.send(chunk);
            }
            assertThat(http.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"attributes/", "missing"})
    void a_client_that_does_not_send_a_body_which_nobody_reads_holds_nobody_up(String path) throws IOException {
        try (var stalling = connect();
                var other = connect()) {
            stalling.send("POST /app/" + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n");
            assertThat(stalling.response().status()).isIn(200, 404);
            assertThat(other.get("/app/attributes/next").text()).contains("path info /next");
            assertThat(stalling.ended()).isTrue();
            assertThat(narwhal.log().all(REPLACED)).isEmpty();
        }
    }

    @Test
    void a_client_that_is_not_told_to_continue_gets_its_answer_and_the_end() throws IOException {
        try (var http = connect()) {
            http.send(
                    "POST /app/attributes/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
            assertThat(http.response().text()).contains("method POST");
            assertThat(http.ended()).isTrue();
        }
    }

    /** Servlet 6.1, HttpServlet: what a servlet does not implement is 405, and OPTIONS tells what it does. */
    @Test
    void methods_without_implementation_are_refused() throws IOException {
        try (var http = connect()) {
            var response = http.send("DELETE /app/attributes/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .response();
            assertThat(response.status()).isEqualTo(405);
            var options = http.send("OPTIONS /app/attributes/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .response();
            assertThat(options.header("Allow"))
                    .hasValueSatisfying(allow -> assertThat(allow).contains("GET", "POST"));
        }
    }

    @Test
    void an_http_1_0_client_gets_its_answer_and_the_end_of_the_connection() throws IOException {
        try (var http = connect()) {
            assertThat(http.send("GET /app/attributes/old HTTP/1.0\r\n\r\n")
                            .response()
                            .text())
                    .contains("path info /old");
            assertThat(http.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET /app/attributes/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /app/stream HTTP/1.1\r\nHost: x\r\nContent-Length: nine\r\n\r\n",
                "POST /app/stream HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\none\n"
            })
    void what_is_no_request_is_refused_and_hurts_nobody_else(String raw) throws IOException {
        try (var http = connect();
                var other = connect()) {
            http.send(raw);
            try {
                assertThat(http.response().status()).isBetween(400, 505);
            } catch (Http.Unanswered e) {
                assertThat(e).as("closing without an answer is allowed").isNotNull();
            }
            assertThat(other.get("/app/attributes/").status()).isEqualTo(200);
        }
    }

    @Test
    void an_idle_connection_stays_for_the_next_request() throws IOException {
        try (var http = connect()) {
            for (int i = 0; i < 20; i++) {
                assertThat(http.get("/app/attributes/" + i).closes()).isFalse();
            }
        }
    }

    private Http connect() throws IOException {
        return Http.connect(narwhal.port());
    }

    private Response get(String path) throws IOException {
        return Http.get(narwhal.port(), path);
    }

    private Response withCookie(String path, String cookie) throws IOException {
        try (var http = connect()) {
            return http.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\n\r\n")
                    .response();
        }
    }

    private static String cookie(Response response) {
        var matcher = Pattern.compile("JSESSIONID=[^;]+")
                .matcher(response.header("Set-Cookie").orElseThrow());
        assertThat(matcher.find()).isTrue();
        return matcher.group();
    }

    private static void chunk(Http http, String text) throws IOException {
        http.send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }
}
