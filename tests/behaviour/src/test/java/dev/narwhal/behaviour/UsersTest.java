package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.behaviour.app.WhoServlet;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator does with users, and what a developer may get wrong about logins. */
@ExtendWith(NarwhalExtension.class)
final class UsersTest {

    @TempDir
    Path directory;

    @Test
    void every_problem_of_the_file_is_told_at_once_and_no_password() throws IOException {
        var users = Files.write(directory.resolve("users"), """
                # fine
                alice=topsecret,admin

                topsecret
                =topsecret
                alice=topsecret2
                bob=
                carol=$pbkdf2-sha256$topsecret
                dave=$2y$05$topsecret
                erin=$apr1$topsecret$x
                frank=topsecret,,**
                fr\u00e9d=topsecret
                """.getBytes(StandardCharsets.ISO_8859_1));

        var refused =
                Launch.run("--users=" + users, "--workers=0", war("BASIC", "")).finish();

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output())
                .doesNotContain("topsecret")
                .contains(
                        "--workers: ",
                        users + ":4: the line has no '='. Write name=password,role,role.",
                        users + ":5: there is no name before '='.",
                        users + ":6: user 'alice' is already in line 2.",
                        users + ":7: user 'bob': the password is empty.",
                        users + ":8: user 'carol': the PBKDF2 hash is malformed.",
                        users + ":9: user 'dave': the bcrypt hash is malformed.",
                        users + ":10: user 'erin': this kind of hash is not known.",
                        users + ":11: user 'frank' has an empty role.",
                        users + ":11: user 'frank' has the role '**'",
                        users + ":12: the line is not UTF-8.");
    }

    @Test
    void a_missing_file_is_refused() {
        var refused = Launch.run("--users=nowhere", war("BASIC", "")).finish();

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output()).contains("nowhere: no such file.");
    }

    @Test
    void a_reload_reads_the_users_again_and_refuses_bad_ones(Narwhals narwhals) throws IOException {
        var users = Files.writeString(directory.resolve("users"), "alice=one,member\n");
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r--r--"));
        var narwhal = narwhals.start("--users=" + users, "--workers=2", war("BASIC", "") + "=/");

        narwhal.awaitLog(Pattern.compile("WARN .*everybody on this machine may read the users file " + users));
        assertThat(status(narwhal, "alice", "one")).isEqualTo(200);

        Files.writeString(users, "alice=two,member\nbob\n");
        narwhal.signal("HUP");
        narwhal.awaitLog(Pattern.compile("reloading: refused, .*" + users + ":2: the line has no '='"));
        assertThat(status(narwhal, "alice", "one")).isEqualTo(200);

        Files.writeString(users, "alice=two,member\n");
        narwhal.signal("HUP");
        Await.until(
                "the new password alone to be good",
                Duration.ofSeconds(60),
                () -> status(narwhal, "alice", "two") == 200 && status(narwhal, "alice", "one") == 401);
    }

    @Test
    void without_users_nobody_gets_in_and_without_a_tls_port_nobody_is_redirected(Narwhals narwhals)
            throws IOException {
        var narwhal = narwhals.start(
                "--workers=1",
                "--forwarded-allow-ips=10.0.0.0/8",
                war("BASIC", "<transport-guarantee>CONFIDENTIAL</transport-guarantee>") + "=/tls",
                war("basic", "") + "=/",
                war("NONE", "") + "=/none");

        narwhal.awaitLog(Pattern.compile("WARN .*the application at / asks for a login, but there are no users"));
        assertThat(status(narwhal, "alice", "one")).isEqualTo(401);
        try (var browser = Browser.of(narwhal)) {
            assertThat(browser.get("/none/who").status()).isEqualTo(403);
            // The proxy's word counts for nothing: its address is not among those of --forwarded-allow-ips.
            assertThat(browser.send("GET", "/tls/who", "X-Forwarded-Proto: https\r\n", "")
                            .status())
                    .isEqualTo(403);
        }
        narwhal.awaitLog(Pattern.compile("WARN .*the application at /tls demands TLS for /tls/who"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the <login-config> has no <auth-method>",
                "<auth-method>KERBEROS</auth-method> | the <auth-method> 'KERBEROS' of the <login-config> is not known",
                "<auth-method>FORM</auth-method> | it has no <form-login-page>",
                "<auth-method>FORM</auth-method><form-login-config><form-login-page>login.html</form-login-page><form-error-page>/e</form-error-page></form-login-config> | <form-login-page> 'login.html' does not begin with a slash"
            })
    void a_login_that_cannot_work_is_not_deployed(String login, String message) {
        var war = new WarBuilder()
                .descriptor("<login-config>" + login + "</login-config>")
                .write(directory.resolve("bad.war"));

        var refused = Launch.run(war).finish();

        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.output()).contains("bad.war", message);
    }

    private static int status(RunningNarwhal narwhal, String name, String password) {
        return Rest.client(narwhal)
                .auth()
                .preemptive()
                .basic(name, password)
                .get("/who")
                .statusCode();
    }

    private Path war(String method, String guarantee) {
        return new WarBuilder()
                .descriptor("""
                        <servlet><servlet-name>who</servlet-name><servlet-class>%s</servlet-class></servlet>
                        <servlet-mapping><servlet-name>who</servlet-name><url-pattern>/who</url-pattern></servlet-mapping>
                        <security-constraint>
                          <web-resource-collection>
                            <web-resource-name>x</web-resource-name><url-pattern>/*</url-pattern>
                          </web-resource-collection>
                          <auth-constraint><role-name>member</role-name></auth-constraint>
                          %s
                        </security-constraint>
                        <login-config><auth-method>%s</auth-method></login-config>
                        <security-role><role-name>member</role-name></security-role>
                        """.formatted(
                        WhoServlet.class.getName(),
                        guarantee.isEmpty() ? "" : "<user-data-constraint>" + guarantee + "</user-data-constraint>",
                        method))
                .classes(WhoServlet.class)
                .write(directory.resolve("users-" + method + guarantee.length() + ".war"));
    }
}
