package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.behaviour.app.SessionLab;
import dev.narwhal.behaviour.app.SessionLabCookie;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** What an operator sets for the sessions of all applications. */
@EachDispatch
final class SessionSettingsTest {

    private static final String POINT = SessionLab.class.getName() + "$Point";

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path directory) {
        var lab = SessionsTest.war(directory);
        var declaring = SessionsTest.lab("""
                <distributable/>
                <session-config>
                  <cookie-config>
                    <name>WEB</name>
                    <http-only>true</http-only>
                    <attribute><attribute-name>SameSite</attribute-name><attribute-value>Strict</attribute-value></attribute>
                  </cookie-config>
                </session-config>""").write(directory.resolve("declaring.war"));
        var programmatic = SessionsTest.lab("<distributable/><listener><listener-class>%s</listener-class></listener>"
                        .formatted(SessionLabCookie.class.getName()))
                .classes(SessionLabCookie.class)
                .write(directory.resolve("programmatic.war"));
        narwhal = narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=2",
                "--max-sessions=12",
                "--max-session-size=64k",
                "--session-allow=" + POINT,
                "--session-cookie=name=NSID",
                "--session-cookie=domain=example.com",
                "--session-cookie=same-site=lax",
                "--session-cookie=partitioned=true",
                "--session-cookie=max-age=600",
                "--session-cookie=http-only=false",
                lab + "=/one",
                lab + "=/few",
                declaring + "=/declaring",
                programmatic + "=/programmatic");
    }

    @Test
    void the_cookie_is_as_the_server_the_descriptor_and_the_application_say() throws IOException {
        assertThat(cookie("/one", ""))
                .contains("NSID", "Path=/one", "Domain=example.com", "Max-Age=600", "SameSite=Lax", "Partitioned")
                .doesNotContain("HttpOnly", "Secure");
        assertThat(cookie("/declaring", ""))
                .contains("WEB", "HttpOnly", "SameSite=Strict", "Path=/declaring", "Domain=example.com", "Max-Age=600");
        assertThat(cookie("/programmatic", "")).contains("CODE", "HttpOnly", "Path=/", "Max-Age=7", "SameSite=Lax");
    }

    @Test
    void the_cookie_is_secure_behind_a_proxy_that_ends_tls() throws IOException {
        assertThat(cookie("/one", "X-Forwarded-Proto: https\r\n")).contains("NSID", "Secure");
        assertThat(cookie("/one", "X-Forwarded-Proto: http\r\n")).doesNotContain("Secure");
    }

    /** The parts of the cookie of a new session; its name is the first one. */
    private List<String> cookie(String context, String header) throws IOException {
        try (var http = Http.connect(narwhal.port())) {
            var response = http.send(
                            "GET " + context + "/lab?set=a:1&url HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n")
                    .response();
            var parts =
                    Arrays.asList(response.header("Set-Cookie").orElseThrow().split("; ?", -1));
            var name = parts.getFirst().replaceFirst("=.*", "");
            // As in Tomcat: one name for both ways, and the specification's for what has none.
            assertThat(response.text()).startsWith("page;" + (name.equals("JSESSIONID") ? "jsessionid" : name) + "=");
            parts.set(0, name);
            return parts;
        }
    }

    @Test
    void one_session_too_many_is_refused_and_a_place_that_is_free_again_is_given() {
        var first = new User(narwhal);
        first.lab("/few", "set=a:1");
        for (int i = 1; i < 12; i++) {
            new User(narwhal).lab("/few", "set=a:1");
        }
        var late = new User(narwhal);
        assertThat(late.lab("/few", "set=a:1"))
                .isEqualTo(
                        "TooManySessionsException: creating a session of /few: it has 12, as many as --max-sessions allows.");
        var refused = late.ask("/few/lab?uncaught");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).contains("1");
        assertThat(late.cookie()).isEmpty();
        narwhal.awaitLog(Pattern.compile("ERROR .* creating a session of /few"));
        assertThat(first.lab("/few", "get=a")).isEqualTo("1");

        first.lab("/few", "invalidate");
        late.lab("/few", "set=a:2");
        assertThat(late.lab("/few", "get=a")).isEqualTo("2");
    }

    @Test
    void what_is_too_large_is_refused_with_its_name_and_size_and_the_session_stays_as_it_was() {
        var user = new User(narwhal);
        user.lab("set=a:1&list");
        assertThat(user.lab("bytes=70000"))
                .matches("IllegalArgumentException: setting the session attribute 'bytes': it takes 700\\d\\d bytes,"
                        + " and --max-session-size allows a session 65536\\.");
        assertThat(user.ask("/one/lab?grow=66000").status()).isEqualTo(500);
        narwhal.awaitLog(
                Pattern.compile(
                        "storing a session of /one: its attributes take 66\\d+ bytes, .* allows 65536; the greatest is 'list' with 66\\d+"));
        user.everywhere("get=a&get=list", "1\n[]"::equals);
        assertThat(user.lab("bytes=60000&grow=60000")).isEmpty();
        user.everywhere("names", "a,list"::equals);
    }

    @Test
    void only_classes_that_are_allowed_are_read() {
        var user = new User(narwhal);
        user.lab("set=a:1&list&map&point=y&bind=fish");
        assertThat(user.elsewhere("get=a&get=list&get=map&get=point&get=bound"))
                .isEqualTo("1\n[]\n{}\nPoint[x=1, y=y]\nnull");
        assertThat(
                        narwhal.log()
                                .all(
                                        Pattern.compile(
                                                "reading the session attribute 'bound' of /one: .*SessionLabValue; reading it is not allowed")))
                .isNotEmpty();
    }
}
