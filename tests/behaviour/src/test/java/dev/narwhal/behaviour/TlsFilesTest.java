package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Authority;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of TLS, as {@code --check-config} sees them. */
final class TlsFilesTest {

    private static final String HTTPS = "--bind=https://127.0.0.1:0";
    private static final Authority AUTHORITY = Authority.named("CN=Narwhal Test Authority");

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path directory;

    @Test
    void what_is_missing_is_told_at_once() throws IOException {
        var notes = Files.writeString(directory.resolve("notes.pem"), "hello");

        var refused = check(HTTPS, "--certfile=nowhere.pem", "--ca-certs=" + notes, "--keyfile=" + notes);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output())
                .contains(
                        "nowhere.pem: no such file.",
                        notes + ": there is no private key in it that can be read.",
                        notes + ": there is no certificate in it that can be read.");
    }

    @Test
    void settings_that_do_not_fit_together_are_told() {
        assertThat(check("--certfile=a.pem", "--ca-certs=b.pem").output())
                .contains(
                        "--certfile: certfile is for TLS, but no bind is. Give such as --bind https://127.0.0.1:8443.",
                        "--ca-certs: ca-certs is for TLS, but no bind is.");
        assertThat(check(HTTPS, "--cert-reqs=required").output())
                .contains(
                        "--bind: https://127.0.0.1:0 needs a certificate. Give --certfile FILE",
                        "--cert-reqs: certificates of clients need authorities that sign them. Give --ca-certs FILE.");
    }

    @Test
    void an_encrypted_key_needs_its_password() throws IOException {
        var identity = AUTHORITY.issue("CN=localhost");
        var certificate = identity.writeCertificate(directory.resolve("server.pem"));
        var encrypted = identity.writeKey(directory.resolve("encrypted.key"), "sesame");
        var wrong = Files.writeString(directory.resolve("wrong"), "open\n");

        assertThat(check(HTTPS, "--certfile=" + certificate, "--keyfile=" + encrypted)
                        .output())
                .contains(encrypted + ": the key is encrypted. Give --keyfile-password-file FILE.");
        assertThat(check(
                                HTTPS,
                                "--certfile=" + certificate,
                                "--keyfile=" + encrypted,
                                "--keyfile-password-file=" + wrong)
                        .output())
                .contains(encrypted + ": the key cannot be decrypted with the password in " + wrong + ".")
                .doesNotContain("open\n");
    }

    @Test
    void an_expired_certificate_is_a_warning_with_the_date() throws IOException {
        var identity = AUTHORITY.issue("CN=localhost", Duration.ofHours(-5));

        var checked = check(
                HTTPS,
                "--certfile=" + identity.writeCertificate(directory.resolve("old.pem")),
                "--keyfile=" + identity.writeKey(directory.resolve("old.key")));

        assertThat(checked.exitCode()).isZero();
        assertThat(checked.out())
                .containsPattern(
                        "Warning: the certificate of 'CN=localhost' in .*old.pem expired on 20\\d\\d-\\d\\d-\\d\\dT")
                .contains("The configuration is valid.");
    }

    @Test
    void sessions_cannot_be_tracked_by_tls() {
        var war = new WarBuilder()
                .descriptor("<session-config><tracking-mode>SSL</tracking-mode></session-config>")
                .write(directory.resolve("tracked.war"));

        var refused = Launch.run("--workers=1", war).finish();

        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.output()).contains("the session tracking mode SSL is not supported", "COOKIE");
    }

    private Launch.Finished check(Object... arguments) {
        return launch(arguments).finish();
    }

    private Launch launch(Object... arguments) {
        var all = new Object[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--check-config";
        all[arguments.length + 1] = new WarBuilder().descriptor("").write(directory.resolve("app.war"));
        return Launch.run(all);
    }
}
