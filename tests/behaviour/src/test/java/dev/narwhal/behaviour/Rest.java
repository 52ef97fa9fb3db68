package dev.narwhal.behaviour;

import static io.restassured.RestAssured.given;

import dev.narwhal.harness.RunningNarwhal;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;

/** Ordinary requests. Paths are sent as they are written, and an answer that does not come fails the test. */
final class Rest {

    private static final int LIMIT = 20_000;

    private Rest() {}

    static RequestSpecification client(RunningNarwhal narwhal) {
        var http = HttpClientConfig.httpClientConfig()
                .setParam("http.connection.timeout", LIMIT)
                .setParam("http.socket.timeout", LIMIT);
        return given().config(RestAssuredConfig.config().httpClient(http))
                .baseUri("http://127.0.0.1")
                .port(narwhal.port())
                .urlEncodingEnabled(false);
    }
}
