package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.behaviour.app.TlsServlet;
import dev.narwhal.harness.Authority;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Load;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** A listener with TLS beside one without, and two workers. */
@EachDispatch
final class TlsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int BIG = 3_000_000;

    private static final Authority AUTHORITY = Authority.named("CN=Narwhal Test Authority");
    /** Of the same name, so that clients show what it has signed. */
    private static final Authority STRANGER = Authority.named("CN=Narwhal Test Authority");

    private static final SSLContext ANYBODY = AUTHORITY.client(Optional.empty());
    private static final SSLContext ALICE = AUTHORITY.client(Optional.of(AUTHORITY.issue("CN=alice, O=Narwhal")));
    private static final SSLContext UNKNOWN = AUTHORITY.client(Optional.of(AUTHORITY.issue("CN=mallory")));

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private Path directory;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @SuppressWarnings("NullAway.Init") // by start
    private List<Integer> ports;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path temporary) throws IOException {
        var server = AUTHORITY.issue("CN=localhost");
        directory = temporary;
        Files.writeString(directory.resolve("users"), "\"CN=alice, O=Narwhal\"=,member,admin\nbob=builder,member\n");
        narwhal = narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=2",
                "--bind=https://127.0.0.1:0",
                "--bind=127.0.0.1:0",
                "--certfile=" + server.writeCertificate(directory.resolve("server.pem")),
                "--keyfile=" + server.writeKey(directory.resolve("server.key")),
                "--ca-certs=" + AUTHORITY.write(directory.resolve("authority.pem")),
                "--cert-reqs=optional",
                "--users=" + directory.resolve("users"),
                war("CLIENT-CERT").write(directory.resolve("tls.war")) + "=/",
                war("BASIC").write(directory.resolve("basic.war")) + "=/basic");
        ports = narwhal.log().all(LogLines.LISTENING).stream()
                .map(line -> Integer.valueOf(line.group(2)))
                .toList();
    }

    // ---- what an application sees

    @Test
    void the_request_is_secure_and_tells_of_its_encryption() throws IOException {
        assertThat(get(ANYBODY, "/tls").text())
                .contains("scheme https secure true url https://localhost:" + tlsPort() + "/tls")
                .containsPattern("secure_protocol TLSv1.3\\R")
                .containsPattern("cipher_suite TLS_AES_(128|256)_GCM_SHA(256|384)\\R")
                .containsPattern("key_size (128|256)\\R")
                .containsPattern("ssl_session_id [0-9a-f]+\\R")
                .contains("certificate null");
        assertThat(Http.get(ports.get(1), "/tls").text())
                .contains("scheme http secure false", "cipher_suite null", "ssl_session_id null");
    }

    @Test
    void a_session_that_came_by_tls_has_a_secure_cookie() throws IOException {
        assertThat(get(ANYBODY, "/tls?session=1").header("Set-Cookie").orElse(""))
                .containsIgnoringCase("; secure");
        assertThat(Http.get(ports.get(1), "/tls?session=1").header("Set-Cookie").orElse(""))
                .contains("JSESSIONID=")
                .doesNotContainIgnoringCase("; secure");
    }

    @Test
    void confidential_pages_are_redirected_to_the_port_of_tls() throws IOException {
        assertThat(Http.get(ports.get(1), "/confidential?a=b").header("Location"))
                .contains("https://localhost:" + tlsPort() + "/confidential?a=b");
        assertThat(get(ANYBODY, "/confidential").status()).isEqualTo(200);
    }

    // ---- Servlet 6.1 §13.6.4: CLIENT-CERT

    @Test
    void a_certificate_logs_in_the_user_of_its_subject() throws IOException {
        assertThat(get(ALICE, "/member").text())
                .contains("user CN=alice, O=Narwhal by CLIENT_CERT admin true", "certificate CN=alice, O=Narwhal");
        assertThat(get(ALICE, "/tls").text()).contains("user null by null", "certificate CN=alice, O=Narwhal");
        assertThat(get(ANYBODY, "/member").status()).isEqualTo(401);
        assertThat(get(UNKNOWN, "/member").status()).isEqualTo(401);
        assertThat(Http.get(ports.get(1), "/member").status()).isEqualTo(401);
        narwhal.awaitLog(
                Pattern.compile("the certificate of 'CN=mallory' was shown to the application at /, but no user"));
    }

    @Test
    void a_certificate_of_another_authority_is_refused_in_the_handshake() {
        var forged = AUTHORITY.client(Optional.of(STRANGER.issue("CN=alice, O=Narwhal")));

        assertThatThrownBy(() -> get(forged, "/member").status()).isInstanceOf(IOException.class);
    }

    @Test
    void a_user_of_a_certificate_has_no_password() throws IOException {
        for (var password : new String[] {"", "x"}) {
            assertThat(Rest.client(narwhal)
                            .port(ports.get(1))
                            .auth()
                            .preemptive()
                            .basic("CN=alice, O=Narwhal", password)
                            .get("/basic/member")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    // ---- connections

    @Test
    void many_requests_share_a_connection() throws IOException {
        try (var http = Http.connect(tlsPort(), ANYBODY)) {
            var worker = http.get("/tls").worker();
            for (int i = 0; i < 20; i++) {
                assertThat(http.get("/tls").worker()).isEqualTo(worker);
            }
        }
    }

    @Test
    void large_bodies_go_both_ways() throws IOException, InterruptedException {
        var body = new byte[BIG];
        new Random(1).nextBytes(body);
        try (var client = HttpClient.newBuilder().sslContext(ANYBODY).build()) {
            var uploads = new ArrayList<CompletableFuture<HttpResponse<byte[]>>>();
            for (int i = 0; i < 4; i++) {
                uploads.add(client.sendAsync(
                        HttpRequest.newBuilder(url("/tls"))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray()));
            }
            for (var upload : uploads) {
                assertThat(upload.join().body()).isEqualTo(body);
            }
            var download = client.send(
                    HttpRequest.newBuilder(url("/tls?bytes=" + BIG)).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(download.body()).hasSize(BIG);
            assertThat(download.body()[60_001]).isEqualTo((byte) 10_001);
        }
    }

    @Test
    void whoever_only_connects_or_speaks_without_tls_holds_up_nobody() throws IOException {
        var silent = new ArrayList<Http>();
        try (var plain = Http.connect(tlsPort());
                var half = Http.connect(tlsPort())) {
            for (int i = 0; i < 10; i++) {
                silent.add(Http.connect(tlsPort()));
            }
            half.send(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01});
            assertThat(plain.send("GET /tls HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .ended())
                    .isTrue();
            for (int i = 0; i < 10; i++) {
                assertThat(get(ANYBODY, "/tls").status()).isEqualTo(200);
            }
        } finally {
            for (var http : silent) {
                http.close();
            }
        }
    }

    /** Under {@code sync} the worker would wait for itself. */
    @Test
    void whoever_renegotiates_within_a_request_is_cut_off() throws IOException {
        try (var socket = (SSLSocket) ANYBODY.getSocketFactory().createSocket("127.0.0.1", tlsPort())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.startHandshake();
            var request = "POST /tls HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        socket.getInputStream().readAllBytes();
                    })
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    // ---- a reload, and the end

    @Test
    void a_reload_under_load_reads_a_renewed_certificate_and_loses_no_request() throws IOException {
        var renewed = AUTHORITY.issue("CN=renewed");
        try (var kept = Load.start(Load.Plan.of(tlsPort(), "/tls", 4).tls(ANYBODY));
                var fresh = Load.start(Load.Plan.of(tlsPort(), "/tls", 2)
                        .requestsPerConnection(1)
                        .tls(ANYBODY))) {
            kept.awaitAnswers(100, LIMIT);
            fresh.awaitAnswers(20, LIMIT);
            int reloads = narwhal.log().all(LogLines.RELOADED).size();
            renewed.writeCertificate(directory.resolve("server.pem"));
            narwhal.signal("HUP");
            narwhal.awaitLog(Pattern.compile("reloading: refused, .*server.key: the key is not that of"));
            renewed.writeKey(directory.resolve("server.key"));
            narwhal.signal("HUP");
            Await.until(
                    "the reload",
                    LIMIT,
                    () -> narwhal.log().all(LogLines.RELOADED).size() > reloads);
            kept.awaitAnswers(100, LIMIT);
            fresh.awaitAnswers(20, LIMIT);
            assertThat(kept.stop().failures()).isEmpty();
            assertThat(fresh.stop().failures()).isEmpty();
        }
        assertThat(serverName()).isEqualTo("CN=renewed");
    }

    @Test
    void term_answers_what_is_in_flight_and_who_has_only_connected(Narwhals narwhals) throws IOException {
        var own = narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=1",
                "--bind=https://127.0.0.1:0",
                "--certfile=" + directory.resolve("server.pem"),
                "--keyfile=" + directory.resolve("server.key"),
                directory.resolve("tls.war") + "=/",
                Wars.sample("websocket") + "=/chat");
        try (var socket = dev.narwhal.harness.Socket.connect(own.url("/chat/chat/lobby"), ANYBODY)) {
            assertThat(socket.next()).isEqualTo("server: 1 in lobby");
        }
        try (var busy = Http.connect(own.port(), ANYBODY);
                var waiting = Http.connect(own.port(), ANYBODY);
                var connected = new Socket(InetAddress.getLoopbackAddress(), own.port())) {
            busy.request("/tls?millis=2000");
            waiting.request("/tls");
            own.signal("TERM");
            own.awaitLog(Pattern.compile("drains in-flight="));

            assertThat(busy.response().status()).isEqualTo(200);
            assertThat(waiting.response().status()).isEqualTo(200);
            if (!dispatch.equals("sync")) { // there the kernel keeps connections back that have sent nothing
                try (var late = Http.over(connected, ANYBODY)) {
                    assertThat(late.get("/tls").status()).isEqualTo(200);
                }
            }
        }
        assertThat(own.awaitExit(LIMIT)).isZero();
    }

    private String serverName() throws IOException {
        try (var socket = (SSLSocket) ANYBODY.getSocketFactory().createSocket("127.0.0.1", tlsPort())) {
            socket.startHandshake();
            return socket.getSession().getPeerPrincipal().getName();
        }
    }

    private int tlsPort() {
        return ports.getFirst();
    }

    private URI url(String path) {
        return URI.create("https://localhost:" + tlsPort() + path);
    }

    private Response get(SSLContext client, String path) throws IOException {
        try (var http = Http.connect(tlsPort(), client)) {
            return http.send("GET " + path + " HTTP/1.1\r\nHost: localhost:" + tlsPort()
                            + "\r\nConnection: close\r\n\r\n")
                    .response();
        }
    }

    private static WarBuilder war(String method) {
        return new WarBuilder()
                .descriptor("""
                        <distributable/>
                        <servlet><servlet-name>tls</servlet-name><servlet-class>%s</servlet-class></servlet>
                        <servlet-mapping>
                          <servlet-name>tls</servlet-name>
                          <url-pattern>/tls</url-pattern><url-pattern>/member</url-pattern><url-pattern>/confidential</url-pattern>
                        </servlet-mapping>
                        <security-constraint>
                          <web-resource-collection>
                            <web-resource-name>members</web-resource-name><url-pattern>/member</url-pattern>
                          </web-resource-collection>
                          <auth-constraint><role-name>member</role-name></auth-constraint>
                        </security-constraint>
                        <security-constraint>
                          <web-resource-collection>
                            <web-resource-name>secrets</web-resource-name><url-pattern>/confidential</url-pattern>
                          </web-resource-collection>
                          <user-data-constraint><transport-guarantee>CONFIDENTIAL</transport-guarantee></user-data-constraint>
                        </security-constraint>
                        <login-config><auth-method>%s</auth-method></login-config>
                        <security-role><role-name>member</role-name></security-role>
                        <security-role><role-name>admin</role-name></security-role>
                        """.formatted(TlsServlet.class.getName(), method))
                .classes(TlsServlet.class);
    }
}
