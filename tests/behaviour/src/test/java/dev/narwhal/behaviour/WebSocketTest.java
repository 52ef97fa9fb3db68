package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.behaviour.socket.ClientRules;
import dev.narwhal.behaviour.socket.ContainerServlet;
import dev.narwhal.behaviour.socket.Echo;
import dev.narwhal.behaviour.socket.Programmatic;
import dev.narwhal.behaviour.socket.Rules;
import dev.narwhal.behaviour.socket.SocketServlet;
import dev.narwhal.behaviour.socket.Unwanted;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Socket;
import dev.narwhal.harness.WarBuilder;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Jakarta WebSocket 2.2 as an application and its clients see it. */
@EachDispatch
final class WebSocketTest {

    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
    private static final Duration SOON = Duration.ofSeconds(20);

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private Path war;

    @SuppressWarnings("NullAway.Init") // by start
    private Path leavingOut;

    @SuppressWarnings("NullAway.Init") // by start
    private Path users;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path directory) throws IOException {
        war = new WarBuilder()
                .file("index.html", "home")
                .classes(
                        Echo.class,
                        Programmatic.class,
                        Rules.class,
                        SocketServlet.class,
                        ClientRules.class,
                        Unwanted.class)
                .file("WEB-INF/classes/dev/narwhal/behaviour/socket/Here.class", here())
                .write(directory.resolve("sockets.war"));
        leavingOut = new WarBuilder()
                .descriptor("<absolute-ordering/>")
                .classes(ContainerServlet.class)
                .library(
                        "endpoint.jar",
                        new WarBuilder()
                                .file("dev/narwhal/behaviour/socket/Unwanted.class", WarBuilder.bytes(Unwanted.class)))
                .write(directory.resolve("left-out.war"));
        users = Files.writeString(directory.resolve("users"), "ada=lovelace\n");
        narwhal = start(narwhals);
    }

    private static byte[] here() {
        try {
            return WarBuilder.bytes(Class.forName("dev.narwhal.behaviour.socket.Here"));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private RunningNarwhal start(Narwhals narwhals) {
        return narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=2",
                "--keep-alive=2s",
                "--users=" + users,
                war + "=/app",
                leavingOut + "=/left-out",
                Wars.sample("websocket") + "=/chat");
    }

    /** Messages are handled where requests are, and never on the I/O thread. */
    private String thread() {
        return dispatch.equals("virtual") ? "virtual" : "platform";
    }

    /** Jakarta WebSocket 2.2, 3.1.1, 4.3, 4.4. */
    @Test
    void an_annotated_endpoint_has_path_parameters_query_and_thread() {
        try (var socket = Socket.connect(narwhal.url("/app/echo/J%C3%B8rgen?a=1%202"))) {
            assertThat(socket.next()).isEqualTo("open Jørgen a=1%202 null " + thread());
            assertThat(socket.send("hello").next()).isEqualTo("hello");
            assertThat(socket.send("thread").next()).isEqualTo(thread());
            assertThat(socket.send(new byte[70_000]).next()).isEqualTo("70000 bytes");
            assertThat(socket.ping().next()).isEqualTo("pong");
            assertThat(socket.send("large").next()).hasSize(3_000_000);
            assertThat(socket.next()).isEqualTo("sent");
            assertThat(socket.send("fail").next()).isEqualTo("error as asked " + thread());
        }
    }

    /** 2.1.5: close codes, both ways. */
    @Test
    void close_codes_reach_the_other_side() throws IOException {
        long pid;
        try (var socket = open("codes")) {
            socket.send("close 4001");
            assertThat(socket.closeCode()).isEqualTo(4001);
        }
        awaitClosed("codes 4001 " + thread() + " []");
        try (var socket = open("leaves")) {
            socket.close(1000);
            assertThat(socket.closeCode()).isEqualTo(1000);
        }
        awaitClosed("leaves 1000 " + thread());
        var vanishing = open("vanishes");
        vanishing.close();
        awaitClosed("vanishes 1006 " + thread());
        pid = get("/app/plain").worker().orElseThrow();
        assertThat(narwhal.workers()).contains(pid);
    }

    private void awaitClosed(String line) {
        Await.until(line, SOON, () -> everyWorker("/app/closed").stream().anyMatch(text -> text.contains(line)));
    }

    /** Two connections at once, so that each worker gets one. */
    private List<String> everyWorker(String path) {
        var texts = new ArrayList<String>();
        var workers = new HashSet<Long>();
        try {
            for (int i = 0; i < 50 && workers.size() < 2; i++) {
                var response = get(path);
                texts.add(response.text());
                workers.add(response.worker().orElseThrow());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return texts;
    }

    /** 3.1, 4.8: configurations, encoders, decoders, subprotocols. */
    @Test
    void programmatic_endpoints_are_called_on_the_same_threads() {
        for (var path : List.of("/programmatic", "/late", "/upgrade")) {
            try (var socket = Socket.connect(narwhal.url("/app" + path), "", "fish.v1", "fish.v2")) {
                assertThat(socket.subprotocol()).as(path).isEqualTo("fish.v1");
                assertThat(socket.next()).as(path).isEqualTo("open " + thread());
                assertThat(socket.send("21 fish").next()).as(path).isEqualTo("42 fish");
                assertThat(socket.send("-1 fish").next()).as(path).isEqualTo("error no such fish " + thread());
                socket.close(1000);
                assertThat(socket.closeCode()).isEqualTo(1000);
            }
            awaitClosed("programmatic 1000 " + thread());
        }
    }

    /** 4.3, 4.4: what the parameters and results of annotated methods may be. */
    @Test
    void annotated_methods_take_and_return_what_the_specification_names() {
        try (var socket = Socket.connect(narwhal.url("/app/rules/path/1/true/2.5"))) {
            assertThat(socket.next()).isEqualTo("1 true 2.5 null {flag=true, number=1, ratio=2.5}");
        }
        try (var socket = Socket.connect(narwhal.url("/app/rules/path/x/true/2.5"))) {
            assertThat(socket.next()).isEqualTo("error DecodeException x");
        }
        try (var socket = Socket.connect(narwhal.url("/app/rules/parts"))) {
            assertThat(socket.send("abcde").next()).isEqualTo("text 5");
            assertThat(socket.send(new byte[] {1, 2}).next()).isEqualTo("2 bytes");
        }
        try (var socket = Socket.connect(narwhal.url("/app/rules/reader"))) {
            assertThat(socket.send("abcde").next()).isEqualTo("5");
        }
    }

    /** 4.5, 4.6: the type may be that of a supertype; what cannot be decoded or encoded is an error, and the socket stays open. */
    @Test
    void encoders_and_decoders_inherit_their_type_and_may_fail() {
        try (var socket = Socket.connect(narwhal.url("/app/rules/fish"))) {
            assertThat(socket.send("21").next()).isEqualTo("42 fish");
            assertThat(socket.send("x").next()).isEqualTo("error DecodeException true");
            assertThat(socket.send("nothing").next()).isEqualTo("error DecodeException true");
            assertThat(socket.send("0").next()).isEqualTo("error EncodeException true");
            assertThat(socket.send("4").next()).isEqualTo("8 fish");
        }
    }

    /** 2.1.5, 2.2.3, 2.5: the container closes with a code that tells why. */
    @Test
    void the_container_closes_what_is_too_large_or_idle() {
        try (var socket = Socket.connect(narwhal.url("/app/rules/small"))) {
            assertThat(socket.send("1234567890").next()).isEqualTo("small 1234567890");
            socket.send("12345678901");
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
        awaitClosed("small 1009");
        try (var socket = Socket.connect(narwhal.url("/app/rules/facts/x?a=b"))) {
            socket.send("idle");
            assertThat(socket.closeCode()).isEqualTo(1001);
        }
    }

    @Test
    void a_session_refuses_nothing_and_what_is_too_long() {
        try (var socket = Socket.connect(narwhal.url("/app/rules/facts/x"))) {
            for (int facts = 0; facts < 5; facts++) {
                socket.next();
            }
            assertThat(socket.send("nothing").next())
                    .isEqualTo(
                            "{binary=IllegalArgumentException, handler=IllegalArgumentException,"
                                    + " handlers=done, later object=IllegalArgumentException,"
                                    + " later text=IllegalArgumentException,"
                                    + " object=IllegalArgumentException, parameters=UnsupportedOperationException,"
                                    + " part=IllegalArgumentException, ping=IllegalArgumentException,"
                                    + " pong=IllegalArgumentException, sessions=done, text=IllegalArgumentException} true true");
        }
    }

    /** 2.1.5: for whoever has closed it. */
    @Test
    void a_session_that_was_closed_is_not_open() {
        try (var socket = Socket.connect(narwhal.url("/app/rules/facts/x"))) {
            socket.send("end");
            assertThat(socket.closeCode()).isEqualTo(1000);
        }
        awaitClosed("facts open false");
    }

    /** The documentation of {@code Session}: it is of no use once it is closed, but that it can be closed; its id tells which it was. */
    @Test
    void a_session_that_is_closed_refuses_everything() {
        try (var socket = Socket.connect(narwhal.url("/app/rules/kept/one"))) {
            assertThat(socket.next()).isEqualTo("open true");
            assertThat(socket.send("one").next()).isEqualTo("sent");
            assertThat(socket.next()).isEqualTo("true");
            socket.close(1000);
        }
        awaitClosed("kept and sent true");
        awaitClosed("kept 1000 {name=one} true");
        awaitClosed("kept and closed {close=done, getId=done, isOpen=false}");
    }

    /** 2.1.2, 2.1.4, 3.1.2, 7: what a session tells, with properties of its own that begin as those of the endpoint. */
    @Test
    void a_session_tells_about_its_handshake() {
        for (int connection = 0; connection < 2; connection++) {
            try (var socket = Socket.connect(narwhal.url("/app/rules/facts/x?a=b"), "", "second", "third")) {
                assertThat(socket.subprotocol()).isEqualTo("third");
                assertThat(socket.next()).isEqualTo("properties 1 1 a=b");
                assertThat(socket.next()).contains("/app/rules/facts/x?a=b a=b {a=[b]} {one=x}");
                assertThat(socket.next()).isEqualTo("protocol 13 'third' false null");
                assertThat(socket.next()).isEqualTo("open true true 1");
                assertThat(socket.next()).startsWith("limits 0 ");
                assertThat(socket.send("handler").next()).isEqualTo("refused");
            }
        }
    }

    /** 4.2: whatever a callback throws is told. */
    @Test
    void an_endpoint_that_fails_to_open_is_told_so() {
        // Who leaves at once may be gone before it opens.
        try (var _ = Socket.connect(narwhal.url("/app/rules/failing"))) {
            awaitClosed("failing error not today");
        }
    }

    /** 6.2: an application configuration has the last word. */
    @Test
    void endpoints_that_the_application_does_not_ask_for_are_not_deployed() throws IOException {
        assertThat(handshake("/app/unwanted", "").status()).isEqualTo(404);
    }

    /** Servlet 6.1 §8.2.2: a JAR that the descriptor leaves out is not deployed, but the application may do that itself. */
    @Test
    void an_endpoint_that_the_descriptor_leaves_out_is_not_deployed_but_can_be() throws IOException {
        assertThat(handshake("/left-out/unwanted", "").status()).isEqualTo(404);
        assertThat(get("/left-out/container").text()).isEqualTo("one");
    }

    /** 7.1: the handshake belongs to an HTTP session. */
    @Test
    void the_handshake_knows_its_http_session() throws IOException {
        // The session is in one worker's memory: ask until the handshake reaches that worker.
        var cookie =
                get("/app/session?fish=cod").header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        Await.until("the session", SOON, () -> {
            try (var socket = Socket.connect(narwhal.url("/app/echo/x"), cookie)) {
                return socket.next().contains(" cod ");
            }
        });
    }

    /** 7.2: the socket goes with the session that the user is logged in with, whichever worker ends it, and not with a new id. */
    @Test
    void a_user_who_logs_out_through_another_worker_loses_the_sockets() throws IOException {
        var login = get("/app/login");
        var cookie = cookie(login);
        try (var socket = Socket.connect(narwhal.url("/app/echo/ada"), cookie);
                var other = Socket.connect(narwhal.url("/app/echo/other"), cookie(get("/app/login")))) {
            assertThat(socket.next()).startsWith("open");
            assertThat(other.next()).startsWith("open");
            var worker = socket.send("pid").next();
            var renamed = elsewhere(worker, "rename", cookie);
            var _ = elsewhere(worker, "end", cookie(renamed));

            assertThat(socket.closeCode()).isEqualTo(1008);
            assertThat(other.send("still here").next()).isEqualTo("still here");
        }
    }

    private Response elsewhere(String worker, String by, String cookie) {
        var answers = new ArrayList<Response>();
        Await.until("another worker", SOON, () -> {
            try (var http = Http.connect(narwhal.port())) {
                http.send("GET /app/logout?by=" + by + "&not-in=" + worker
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: " + cookie + "\r\n\r\n");
                answers.add(http.response());
                return answers.getLast().text().equals("done");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return answers.getLast();
    }

    private static String cookie(Response response) {
        return response.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    @Test
    void what_is_no_handshake_is_refused_or_served_as_ever() throws IOException {
        assertThat(get("/app/echo/x").status()).isEqualTo(404);
        assertThat(get("/app/plain").text()).startsWith("plain ");
        assertThat(handshake("/app/plain", "").text()).startsWith("plain ");
        assertThat(handshake("/app/echo/x", "Origin: http://evil.example\r\n").status())
                .isEqualTo(403);
        assertThat(raw("/app/echo/x", "Sec-WebSocket-Version: 13\r\n").status()).isEqualTo(400);
        var old = raw("/app/echo/x", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 12\r\n");
        assertThat(old.status()).isEqualTo(426);
        assertThat(old.header("Sec-WebSocket-Version")).contains("13");
    }

    /** RFC 7692. */
    @Test
    void messages_may_be_deflated() throws IOException {
        for (var path : List.of("/app/echo/deflating", "/app/programmatic")) {
            try (var http = Http.connect(narwhal.port())) {
                http.send(request(path, KEY + "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
                var lines = new ArrayList<String>();
                for (var line = http.line(); !line.isEmpty(); line = http.line()) {
                    lines.add(line);
                }
                assertThat(lines)
                        .contains(
                                "HTTP/1.1 101 Switching Protocols",
                                "Sec-WebSocket-Extensions: permessage-deflate",
                                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            }
        }
        awaitClosed("deflating 1006 " + thread() + " [permessage-deflate]");
    }

    /** 2.2.2: the server as a client, found as the API finds it. */
    @Test
    void a_servlet_may_be_a_client() throws IOException {
        assertThat(get("/app/client").text())
                .isEqualTo("open client null null " + thread() + " to platform, hi to platform");
    }

    /** The documentation of {@code Session} and {@code RemoteEndpoint}, for sockets that the application opens: as on the server's side. */
    @Test
    void a_session_of_a_client_is_like_one_of_a_server() throws IOException {
        for (var kind : List.of("annotated", "programmed")) {
            assertThat(get("/app/client-rules/" + kind).text().lines())
                    .as(kind)
                    .containsExactly(
                            "open true 1 1048576, returned true",
                            "true platform",
                            "batching false false true",
                            "[batched true platform, sent true true]",
                            "closed 4001 true platform",
                            "and then {close=done, getId=done, isOpen=false}");
        }
        assertThat(get("/app/client-rules/failing").text().lines())
                .containsExactly(
                        "open true 1 1048576",
                        "error not today true",
                        "closed 1006 true platform",
                        "and then {close=done, getId=done, isOpen=false}",
                        "false");
        assertThat(get("/app/client-rules/refused").text())
                .isEqualTo("DeploymentException DeploymentException DeploymentException");
    }

    @Test
    void a_request_may_send_on_sockets() throws IOException {
        try (var one = open("one");
                var two = open("two")) {
            var told = new HashSet<Long>();
            while (told.size() < 2) {
                told.add(get("/app/broadcast?to=one&to=two&text=cod").worker().orElseThrow());
            }
            assertThat(one.next()).hasSize(300_000);
            assertThat(two.next()).hasSize(300_000);
        }
    }

    /** A socket is no request: it holds no place, not even under sync, and lives longer than an idle connection. */
    @Test
    void open_sockets_hold_nothing_up() throws IOException {
        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 6; i++) {
                sockets.add(open("idle"));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(get("/app/plain").status()).isEqualTo(200);
            }
            TimeUnit.SECONDS.sleep(3); // longer than --keep-alive
            for (var socket : sockets) {
                assertThat(socket.send("still here").next()).isEqualTo("still here");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.forEach(Socket::close);
        }
    }

    /** What an endpoint has not come to yet stays with the client. */
    @Test
    void a_client_cannot_send_ahead_without_limit() throws IOException {
        try (var socket = open("ahead")) {
            socket.send("sleep 1500.");
            CompletableFuture<?> last = CompletableFuture.completedFuture(null);
            var message = "y".repeat(500_000);
            for (int i = 0; i < 80; i++) {
                last = last.thenCompose(_ -> socket.sendAsync(message));
            }
            try {
                last.get(500, TimeUnit.MILLISECONDS);
                throw new AssertionError("the server has taken 40 MB that nobody has asked for");
            } catch (TimeoutException e) {
                // as it should
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(e);
            }
            assertThat(socket.next()).isEqualTo("slept");
            for (int i = 0; i < 80; i++) {
                assertThat(socket.next()).hasSize(500_000);
            }
        }
    }

    /** On a reload and on a stop: 1001, at once, after what is in progress. */
    @Test
    void draining_workers_say_good_bye(Narwhals narwhals) {
        var server = start(narwhals);
        try (var idle = Socket.connect(server.url("/app/echo/idle"));
                var busy = Socket.connect(server.url("/app/echo/busy"));
                var chat = Socket.connect(server.url("/chat/chat/lobby"), "", "chat.narwhal")) {
            assertThat(idle.next()).startsWith("open");
            assertThat(busy.next()).startsWith("open");
            assertThat(chat.next()).isEqualTo("server: 1 in lobby");
            busy.send("sleep 800.");

            server.signal("HUP");

            assertThat(idle.closeCode()).isEqualTo(1001);
            assertThat(busy.next()).isEqualTo("slept");
            assertThat(busy.closeCode()).isEqualTo(1001);
            assertThat(chat.closeCode()).isEqualTo(1001);
        }
        Await.until(
                "the new generation alone",
                Duration.ofSeconds(60),
                () -> server.readyWorkers().size() == 2 && server.workers().size() == 2);
        try (var socket = Socket.connect(server.url("/app/echo/again"))) {
            assertThat(socket.next()).startsWith("open");
            long begin = System.nanoTime();
            server.signal("TERM");
            assertThat(socket.closeCode()).isEqualTo(1001);
            assertThat(server.awaitExit(Duration.ofSeconds(20))).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }

    /** What the sample's README promises. */
    @Test
    void the_sample_is_a_chat() throws IOException {
        try (var ada = Socket.connect(narwhal.url("/chat/chat/room"), "", "chat.narwhal")) {
            assertThat(ada.subprotocol()).isEqualTo("chat.narwhal");
            assertThat(ada.next()).isEqualTo("server: 1 in room");
            assertThat(ada.send("Ada: hello").next()).isEqualTo("Ada: hello");
            ada.send("nonsense");
            assertThat(ada.closeCode()).isEqualTo(1003);
        }
        try (var bob = Socket.connect(narwhal.url("/chat/chat/other"))) {
            bob.next();
            bob.send("Bob: " + "z".repeat(5000));
            assertThat(bob.closeCode()).isEqualTo(1009);
        }
        assertThat(get("/chat/chat/room").status()).isEqualTo(404);
        assertThat(get("/chat/").text()).contains("<h1>Chat</h1>");
    }

    private Socket open(String name) {
        var socket = Socket.connect(narwhal.url("/app/echo/" + name));
        assertThat(socket.next()).startsWith("open " + name);
        return socket;
    }

    private Response get(String path) throws IOException {
        return Http.get(narwhal.port(), path);
    }

    private Response handshake(String path, String headers) throws IOException {
        return raw(path, headers + KEY);
    }

    private Response raw(String path, String headers) throws IOException {
        try (var http = Http.connect(narwhal.port())) {
            return http.send(request(path, headers)).response();
        }
    }

    private static String request(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + headers
                + "\r\n";
    }
}
