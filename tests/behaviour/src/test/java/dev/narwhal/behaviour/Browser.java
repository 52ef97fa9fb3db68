package dev.narwhal.behaviour;

import dev.narwhal.harness.Http;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.RunningNarwhal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A client with one connection and one cookie, which follows no redirect. */
final class Browser implements AutoCloseable {

    private final Http http;
    private String cookie = "";

    private Browser(Http http) {
        this.http = http;
    }

    static Browser of(RunningNarwhal narwhal) throws IOException {
        return new Browser(Http.connect(narwhal.port()));
    }

    /** The cookie as it is sent. */
    String cookie() {
        return cookie;
    }

    void cookie(String other) {
        cookie = other;
    }

    Response get(String path) throws IOException {
        return send("GET", path, "", "");
    }

    Response post(String path, String form) throws IOException {
        return send("POST", path, "Content-Type: application/x-www-form-urlencoded\r\n", form);
    }

    /**
     * Sends a request.
     *
     * @param headers each with its line end
     */
    Response send(String method, String path, String headers, String body) throws IOException {
        var length = body.isEmpty() ? "" : "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n";
        var cookies = cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n";
        http.send(
                (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + cookies + headers + length + "\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        var response = http.response(!method.equals("HEAD"));
        response.header("Set-Cookie")
                .filter(set -> set.startsWith("JSESSIONID="))
                .ifPresent(set -> cookie = set.replaceFirst(";.*", ""));
        return response;
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
