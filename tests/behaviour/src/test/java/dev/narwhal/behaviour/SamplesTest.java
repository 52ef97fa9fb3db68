package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Scratch;
import dev.narwhal.harness.Wars;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the READMEs of the samples promise, under each dispatch class with one and with three workers. */
@ParameterizedClass(name = "{0}, {1} workers")
@CsvSource({"sync, 1", "sync, 3", "threaded, 1", "threaded, 3", "virtual, 1", "virtual, 3"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(NarwhalExtension.class)
final class SamplesTest {

    @Parameter(0)
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @Parameter(1)
    private int workers;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals) throws IOException {
        // not @TempDir, which is deleted while the workers still write the database
        var directory = Scratch.directory();
        Files.writeString(directory.resolve("narwhal.toml"), """
                [resources."jdbc/logbook"]
                url = "jdbc:h2:file:%s/logbook;AUTO_SERVER=TRUE"
                user = "sa"
                max-pool-size = 2
                """.formatted(directory));
        narwhal = narwhals.start(
                "--dispatch=" + dispatch,
                "--config=" + directory.resolve("narwhal.toml"),
                "--java-opts=-Dh2.bindAddress=127.0.0.1",
                "--workers=" + workers,
                "--users=" + Wars.sample("secured").resolve("../../users").normalize(),
                Wars.sample("classic") + "=/",
                Wars.sample("cart") + "=/cart",
                Wars.sample("hello") + "=/hello",
                Wars.sample("fragments") + "=/fragments",
                Wars.sample("async") + "=/async",
                Wars.sample("upload") + "=/upload",
                Wars.sample("crashtest") + "=/crashtest",
                Wars.sample("secured") + "=/secured",
                Wars.sample("spring") + "=/spring",
                Wars.sample("legacy-javax") + "=/legacy",
                Wars.sample("jsp") + "=/jsp",
                Wars.sample("jdbc") + "=/jdbc",
                Wars.jolokia() + "=/jolokia");
    }

    @Test
    void every_worker_answers() {
        Set<Long> answered = new HashSet<>();
        Await.until("an answer of each worker", Duration.ofSeconds(60), () -> {
            answered.add(Long.valueOf(get("/hello/hello").header("X-Worker")));
            return answered.size() == workers;
        });
        assertThat(answered).isSubsetOf(narwhal.workers());
    }

    @Test
    void jdbc_shows_what_any_worker_logged() {
        // the client does not encode
        client().redirects()
                .follow(false)
                .formParam("text", "tusk+%26+tail+of+" + dispatch)
                .post("/jdbc/")
                .then()
                .statusCode(302);

        for (int i = 0; i < 2 * workers; i++) {
            assertThat(get("/jdbc/").asString()).contains("<li>tusk &amp; tail of " + dispatch + " <small>(worker ");
        }
        client().formParam("text", "+").post("/jdbc/").then().statusCode(400);
    }

    @Test
    void hello_greets() {
        assertThat(get("/hello/hello?name=Ada").asString()).contains("Hello, Ada!");
        client().get("/hello/")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(containsString("Hello from worker"));
        client().get("/hello/nowhere").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/trace | REQUEST filter first, from init-param · REQUEST filter second · REQUEST filter by-name · REQUEST servlet trace · path /trace, query null · forwarded from null · included as null",
                "/forward | REQUEST filter first, from init-param · REQUEST filter second · FORWARD filter forwarded · FORWARD servlet trace · path /trace, query cargo=fish · forwarded from /forward · included as null",
                "/forward?by=name | REQUEST filter first, from init-param · REQUEST filter second · FORWARD servlet trace · path /forward, query by=name · forwarded from null · included as null",
                "/include | before · REQUEST filter first, from init-param · REQUEST filter second · INCLUDE filter included · INCLUDE servlet trace · path /include, query null · forwarded from null · included as /trace · after",
                "/parameters?fish=cod&fish=r%C3%B8ye | application Classic · context harbour = Tromsø · init crew = 13 · init ship = Fram · request fish = cod, røye",
                "/mapping/a/b | PATH /mapping/* value a/b · servlet path /mapping, path info /a/b",
                "/mapping/exact | EXACT /mapping/exact value mapping/exact · servlet path /mapping/exact, path info null",
                "/chart.map | EXTENSION *.map value chart · servlet path /chart.map, path info null"
            })
    void classic_dispatches(String path, String lines) {
        var response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(response)).isEqualTo(lines.replace(" · ", "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/fail?with=404 | 404 | Off the chart",
                "/nowhere | 404 | Off the chart",
                "/fail?with=state | 500 | error page /state",
                "/fail?with=argument | 500 | error page /runtime",
                "/fail?with=wrapped | 500 | error page /state",
                "/fail?with=io | 500 | error page /other",
                "/fail?with=error | 500 | error page /other",
                "/fail?with=code | 409 | two captains",
                "/fail?with=status | 409 | nobody will read this",
                "/private/log.txt | 403 | error page /other"
            })
    void classic_shows_its_error_pages(String path, int status, String text) {
        client().get(path).then().statusCode(status).body(containsString(text));
    }

    @Test
    void classic_welcomes() {
        client().redirects()
                .follow(false)
                .get("/docs")
                .then()
                .statusCode(302)
                .header("Location", containsString("/docs/"));
        client().get("/docs/").then().statusCode(200).body(containsString("Logbook"));
        client().get("/members/").then().statusCode(200).body(containsString("welcome, member"));
        client().get("/").then().statusCode(200).contentType("text/html");
    }

    @Test
    void classic_counts_visits_in_a_session() {
        var first = get("/counter");
        var cookie = first.cookie("CLASSIC");

        assertThat(first.asString()).contains("visit 1 of a new session");
        assertThat(first.header("Set-Cookie")).containsIgnoringCase("HttpOnly");
        assertThat(client().cookie("CLASSIC", cookie).get("/counter").asString())
                .contains("visit 2");
        assertThat(client().cookie("CLASSIC", cookie).get("/counter?end=true").asString())
                .contains("session ended");
        assertThat(client().cookie("CLASSIC", cookie).get("/counter").asString())
                .contains("visit 1 of a new session");
    }

    @Test
    void cart_follows_its_user() {
        var cookie = get("/cart/").cookie("CART");
        for (int i = 1; i <= 10; i++) {
            client().cookie("CART", cookie)
                    .redirects()
                    .follow(false)
                    .formParam("item", "cod" + i)
                    .post("/cart/")
                    .then()
                    .statusCode(302);
            client().cookie("CART", cookie).get("/cart/").then().body(containsString("<li>cod" + i + " "));
        }
    }

    @Test
    void classic_loads_in_order() {
        assertThat(text(get("/startup")))
                .startsWith("listener ContextListener\nfilter worker\nservlet loaded-first\nservlet loaded-second\n");
    }

    @Test
    void fragments_are_ordered_and_merged() {
        assertThat(text(get("/fragments/order"))).isEqualTo("listeners greetings audit\nfilters greetings audit");
        assertThat(get("/fragments/order").headers().getValues("X-Filters")).containsExactly("greetings", "audit");
        assertThat(get("/fragments/greeting").asString())
                .contains("A greeting in Norwegian! From the library greetings");
    }

    @Test
    void fragments_hand_their_types_to_the_initializer() {
        assertThat(text(get("/fragments/types"))).isEqualTo("""
                        EnglishGreeter
                        NorwegianGreeter, speaks Norwegian
                        PoliteGreeter
                        Whale, speaks clicks and whistles""");
    }

    @Test
    void fragments_bring_resources_and_the_application_wins() {
        assertThat(get("/fragments/greetings/hello.txt").asString()).contains("I come from the library greetings.");
        assertThat(get("/fragments/greetings/whose.txt").asString()).contains("I come from the application.");
        client().get("/fragments/greetings/wave.svg").then().statusCode(200).contentType("image/svg+xml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/delay?ms=100 | 200 | completed after 100 ms",
                "/delay?ms=100&by=start | 200 | completed after 100 ms",
                "/delay?ms=100&by=dispatch | 200 | ASYNC dispatch from",
                "/delay?by=magic | 400 | ''",
                "/timeout?ms=100 | 503 | timed out after 100 ms",
                "/timeout?ms=100&by=dispatch | 200 | ASYNC dispatch from",
                "/timeout?ms=100&by=nobody | 500 | ''"
            })
    void async_outlives_its_thread(String path, int status, String text) {
        client().get("/async" + path).then().statusCode(status).body(containsString(text));
    }

    @Test
    void async_sends_events_when_they_are_due() {
        long begin = System.nanoTime();
        client().get("/async/sse?events=3&every=100")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/event-stream"))
                .body(containsString("id: 3\ndata: event 3 of 3"));
        assertThat(System.nanoTime() - begin).isGreaterThan(200_000_000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16 * 1024, 3_000_000})
    void async_echoes_a_body_of_any_size(int size) {
        var body = new byte[size];
        new Random(size).nextBytes(body);

        var echo = client().contentType("application/octet-stream").body(body).post("/async/echo");

        assertThat(echo.statusCode()).isEqualTo(200);
        assertThat(echo.asByteArray()).isEqualTo(body);
    }

    @Test
    void upload_lists_the_parts() {
        var response = client().multiPart("note", "fishing")
                .multiPart("files", "catch.txt", new byte[100_000], "text/plain")
                .post("/upload/upload");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.asString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("note").contains("7 bytes"),
                        line -> assertThat(line).startsWith("files, file catch.txt, text/plain, 100000 bytes"));
    }

    @Test
    void upload_refuses_what_is_too_large_or_not_multipart() {
        client().multiPart("files", "big.bin", new byte[2000])
                .post("/upload/upload/small")
                .then()
                .statusCode(413)
                .body(startsWith("too large: a file may have 1024 bytes, a request 4096"));
        client().contentType("text/plain")
                .body("x")
                .post("/upload/upload")
                .then()
                .statusCode(415);
        client().get("/upload/upload").then().statusCode(405);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/?name=A%3Cda | 200 | Hello, A&lt;da!",
                "/sightings | 200 | <li>Disko &lt;Bugt&gt;: 6 m, with a tusk</li>",
                "/sightings?least=many | 500 | exception NumberFormatException",
                "/ruler.jsp?metres=3&degrees=135 | 200 | heading SE",
                "/log.text | 200 | 3 whales, and <b>markup</b>",
                "/about | 200 | Pages 6.1, servlet about",
                "/broken.jsp | 500 | error page, status 500, /jsp/broken.jsp",
                "/nowhere.jsp | 404 | error page, status 404",
                "/WEB-INF/views/about.jsp | 404 | ''"
            })
    void jsp_renders(String path, int status, String text) {
        client().get("/jsp" + path).then().statusCode(status).body(containsString(text));
    }

    @Test
    void secured_asks_programs_for_a_password() {
        client().get("/secured/").then().statusCode(200).body(containsString("Everybody may read this"));
        client().get("/secured/members").then().statusCode(200).body(containsString("j_security_check"));
        client().get("/secured/api/whoami")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Basic realm=\"secured\""));
        client().auth()
                .preemptive()
                .basic("bob", "builder")
                .get("/secured/api/whoami")
                .then()
                .statusCode(200)
                .body("user", equalTo("bob"))
                .body("member", equalTo(true))
                .body("admin", equalTo(false));
    }

    @Test
    void secured_asks_people_with_a_form() {
        var cookie = get("/secured/admin/").cookie("JSESSIONID");
        var wrong = logIn(cookie, "alice", "builder");
        assertThat(wrong.asString()).contains("That was not right");

        var right = logIn(cookie, "alice", "wonder");
        assertThat(right.statusCode()).isEqualTo(303);
        assertThat(right.header("Location")).endsWith("/secured/admin/index.html");
        var after = right.cookie("JSESSIONID");
        assertThat(after).isNotEqualTo(cookie);
        client().cookie("JSESSIONID", after).get("/secured/admin/").then().body(containsString("Mind the pistons"));
        client().cookie("JSESSIONID", after)
                .get("/secured/members")
                .then()
                .body(containsString("Welcome, alice!"), containsString("engine room</a>"));
        client().cookie("JSESSIONID", after)
                .redirects()
                .follow(false)
                .post("/secured/logout")
                .then()
                .statusCode(302);
        client().cookie("JSESSIONID", after).get("/secured/members").then().body(containsString("Who are you?"));

        var bob = logIn(get("/secured/admin/").cookie("JSESSIONID"), "bob", "builder")
                .cookie("JSESSIONID");
        client().cookie("JSESSIONID", bob)
                .get("/secured/admin/")
                .then()
                .statusCode(403)
                .body(containsString("Not for you"));
    }

    private Response logIn(String cookie, String name, String password) {
        return client().cookie("JSESSIONID", cookie)
                .redirects()
                .follow(false)
                .formParam("j_username", name)
                .formParam("j_password", password)
                .post("/secured/j_security_check");
    }

    @Test
    void spring_serves_rest() {
        client().get("/spring/").then().statusCode(200).body(containsString("Spring 7"));
        client().get("/spring/api/greetings/Ada").then().statusCode(200).body("text", equalTo("Hello, Ada!"));
        client().get("/spring/api/greetings/Ada/later?ms=50")
                .then()
                .statusCode(200)
                .body("text", equalTo("Hello, Ada!"));
        client().contentType("application/json")
                .body("{\"name\":\"Grace\"}")
                .post("/spring/api/greetings")
                .then()
                .statusCode(201)
                .header("Location", containsString("/api/greetings/Grace"));
        client().contentType("application/json")
                .body("{")
                .post("/spring/api/greetings")
                .then()
                .statusCode(400);
        client().get("/spring/api/farewells").then().statusCode(404);
        client().delete("/spring/api/greetings/Ada").then().statusCode(405);
    }

    @Test
    void legacy_calls_what_servlet_6_removed() {
        var status = get("/legacy/status?code=418&message=short+and+stout");
        assertThat(status.statusCode()).isEqualTo(418);
        assertThat(status.header("X-Reason")).isEqualTo("short and stout");
        assertThat(text(get("/legacy/query?fish=cod&fish=saithe&b=%20x")))
                .endsWith("/legacy/query\nb =  x\nfish = cod, saithe");
        assertThat(text(get("/legacy/context"))).isEqualTo("servlet null, 0 servlets, 0 names, page index.html");
        client().get("/legacy/closed").then().statusCode(503);
        var visit = get("/legacy/visits");
        assertThat(visit.asString()).startsWith("visit 1, values [visits], 0 sessions shown, next visits;jsessionid=");
        if (workers == 1) {
            assertThat(text(client().cookie("JSESSIONID", visit.cookie("JSESSIONID"))
                            .get("/legacy/visits")))
                    .isEqualTo("visit 2, values [visits], 0 sessions shown, next visits");
        }
    }

    @Test
    void legacy_serves_one_request_at_a_time_where_a_servlet_says_so() {
        var answers = IntStream.range(0, 24)
                .parallel()
                .mapToObj(_ -> text(get("/legacy/ticket")))
                .toList();

        assertThat(answers).allMatch(answer -> answer.matches("ticket [0-9]+, alone"));
    }

    @Test
    void crashtest_survives_what_is_not_deadly() {
        assertThat(text(get("/crashtest/ping"))).isEqualTo("pong");
        client().get("/crashtest/throw").then().statusCode(500);
        client().get("/crashtest/throw?what=error").then().statusCode(500);
        client().get("/crashtest/recurse").then().statusCode(500);
        client().get("/crashtest/spin?ms=many").then().statusCode(400);
        assertThat(get("/crashtest/output?mib=1").asByteArray()).hasSize(1024 * 1024);
        client().body(new byte[1_000_000])
                .post("/crashtest/swallow")
                .then()
                .body(containsString("swallowed 1000000 bytes"));
    }

    @Test
    void requests_run_on_the_kind_of_thread_that_the_dispatch_class_promises() {
        Assumptions.assumeFalse(dispatch.equals("sync"), "sync promises one thread, of no certain kind");
        assertThat(get("/crashtest/ping").header("X-Thread"))
                .isEqualTo(dispatch.equals("virtual") ? "virtual" : "platform");
    }

    @Test
    void jolokia_asks_for_credentials_as_its_descriptor_says() {
        var response = get("/jolokia/version");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate")).startsWithIgnoringCase("Basic realm=\"jolokia\"");
        client().auth()
                .preemptive()
                .basic("nobody", "knows")
                .get("/jolokia/version")
                .then()
                .statusCode(401);
    }

    private RequestSpecification client() {
        return Rest.client(narwhal);
    }

    private Response get(String path) {
        return client().get(path);
    }

    /** Containers end a {@code println} in one way or the other. */
    private static String text(Response response) {
        return response.asString().replace("\r\n", "\n").strip();
    }
}
