package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import dev.narwhal.harness.Wars;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/**
 * A WAR that nobody here wrote, at work. Unmodified it lets nobody in who lacks the role {@code jolokia}; its own
 * documentation says how to change that in {@code web.xml}, which is what happens for the tests without a login.
 */
@EachDispatch
final class JolokiaTest {

    private static final Pattern SECURITY =
            Pattern.compile("<(login-config|security-constraint|security-role)>.*?</\\1>", Pattern.DOTALL);

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path directory) throws IOException {
        var open = WarBuilder.copyOf(Wars.jolokia());
        open.webXml(SECURITY.matcher(open.webXml()).replaceAll(""));
        narwhal = narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=3",
                "--users=" + Files.writeString(directory.resolve("users"), "alice=wonder,jolokia\nbob=builder,other\n"),
                Wars.jolokia() + "=/closed",
                open.write(directory.resolve("jolokia.war")) + "=/jolokia");
    }

    @Test
    void it_tells_its_version() {
        client().get("/jolokia/version").then().statusCode(200).body("value.agent", equalTo("2.0.0"));
    }

    @Test
    void it_reads_an_attribute() {
        client().get("/jolokia/read/java.lang:type=Memory/HeapMemoryUsage")
                .then()
                .body("status", equalTo(200))
                .body("value.used", greaterThan(0));
    }

    @Test
    void it_answers_several_questions_of_one_post() {
        client().body("""
                        [{"type":"read","mbean":"java.lang:type=Runtime","attribute":"Name"},
                         {"type":"exec","mbean":"java.lang:type=Memory","operation":"gc"}]
                        """)
                .post("/jolokia/")
                .then()
                .statusCode(200)
                .body("[0].status", equalTo(200))
                .body("[1].status", equalTo(200));
    }

    @Test
    void an_unknown_bean_is_its_own_error_and_not_the_servers() {
        client().get("/jolokia/read/no.such:type=Bean").then().statusCode(200).body("status", equalTo(404));
    }

    @Test
    void unmodified_it_answers_who_has_its_role() {
        client().get("/closed/version").then().statusCode(401);
        logIn("alice", "builder").get("/closed/version").then().statusCode(401);
        logIn("bob", "builder").get("/closed/version").then().statusCode(403);
        logIn("alice", "wonder").get("/closed/version").then().statusCode(200).body("value.agent", equalTo("2.0.0"));
        logIn("alice", "wonder")
                .body("[{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"Name\"}]")
                .post("/closed/")
                .then()
                .statusCode(200)
                .body("[0].status", equalTo(200));
    }

    private RequestSpecification logIn(String name, String password) {
        return client().auth().preemptive().basic(name, password);
    }

    @Test
    void it_lives_in_the_workers() {
        String name = client().get("/jolokia/read/java.lang:type=Runtime/Pid")
                .path("value")
                .toString();

        assertThat(narwhal.workers()).contains(Long.valueOf(name));
    }

    private RequestSpecification client() {
        return Rest.client(narwhal).queryParam("mimeType", "application/json");
    }
}
