package dev.narwhal.behaviour;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.narwhal.harness.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A page in a browser without a window, driven by its own protocol. */
final class Chromium implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private int last;

    /** The program, if this machine has it. */
    static Optional<Path> program() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it with an empty page; {@code profile} is a directory of its own. */
    Chromium(Path program, Path profile) throws IOException {
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var port =
                Await.value("the port of the browser", LIMIT, () -> firstLine(profile.resolve("DevToolsActivePort")));
        var pages = Await.value("its page", LIMIT, () -> pages(port));
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(pages), new Listener())
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static Optional<String> firstLine(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).stream().findFirst() : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private Optional<String> pages(String port) {
        try {
            var body = http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return StreamSupport.stream(
                            JsonParser.parseString(body).getAsJsonArray().spliterator(), false)
                    .map(JsonElement::getAsJsonObject)
                    .filter(target -> target.get("type").getAsString().equals("page"))
                    .map(target -> target.get("webSocketDebuggerUrl").getAsString())
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    void open(String url) {
        send("Page.navigate", Map.of("url", url));
    }

    /** A media feature, such as {@code color-scheme}, as its user prefers it. */
    void prefers(String feature, String value) {
        var scheme = new JsonObject();
        scheme.addProperty("name", "prefers-" + feature);
        scheme.addProperty("value", value);
        var parameters = new JsonObject();
        parameters.add("features", new Gson().toJsonTree(List.of(scheme)));
        send("Emulation.setEmulatedMedia", parameters);
    }

    void press(String key) {
        send(
                "Input.dispatchKeyEvent",
                key.length() > 1
                        ? Map.of("type", "keyDown", "key", key)
                        : Map.of("type", "keyDown", "key", key, "text", key));
        send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    /** What an expression of JavaScript is, as text; empty while it fails, as it does before the page is there. */
    String value(String expression) {
        var result = send("Runtime.evaluate", Map.of("expression", "String(" + expression + ")"));
        return result.has("exceptionDetails")
                ? ""
                : result.getAsJsonObject("result").get("value").getAsString();
    }

    private JsonObject send(String method, Map<String, String> parameters) {
        return send(method, new Gson().toJsonTree(parameters).getAsJsonObject());
    }

    private synchronized JsonObject send(String method, JsonObject parameters) {
        var message = new JsonObject();
        int id = ++last;
        message.addProperty("id", id);
        message.addProperty("method", method);
        message.add("params", parameters);
        var answer = new CompletableFuture<JsonObject>();
        answers.put(id, answer);
        socket.sendText(message.toString(), true).join();
        var text = answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        if (!text.has("result")) {
            throw new AssertionError(method + ": " + text);
        }
        return text.getAsJsonObject("result");
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                var message = JsonParser.parseString(text.toString()).getAsJsonObject();
                text.setLength(0);
                if (message.has("id")) {
                    Optional.ofNullable(answers.remove(message.get("id").getAsInt()))
                            .ifPresent(answer -> answer.complete(message));
                }
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
