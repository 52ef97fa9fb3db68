package dev.narwhal.master.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that is read while a server runs with another one, and the file of variables. */
class ReloadedConfigTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Test
    void what_the_master_has_opened_stays_and_is_named_and_all_else_is_new() {
        var running =
                Sources.in(directory).toml("bind = \":8001\"\nworkers = 2\n").config();
        var wanted = Sources.in(directory)
                .toml("bind = \":8002\"\nbacklog = 7\nworkers = 3\nboot-timeout = 9\nsticky = true\n")
                .config();

        assertThat(Unchangeable.changed(running, wanted)).containsExactly("bind", "backlog", "sticky");
        var taken = wanted.on(running);
        assertThat(taken.binds()).isEqualTo(running.binds());
        assertThat(taken.backlog()).isEqualTo(running.backlog());
        assertThat(taken.sessionRules().sticky()).isFalse();
        assertThat(taken.workers()).isEqualTo(new WorkerCount.Exactly(3));
        assertThat(taken.bootTimeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(Unchangeable.changed(running, running)).isEmpty();
    }

    @Test
    void an_operator_is_shown_what_holds() {
        var running = ConfigPrinter.print(Sources.in(directory)
                .toml("bind = \":8001\"\nworkers = 2\n")
                .load()
                .givens());
        var wanted = ConfigPrinter.print(Sources.in(directory)
                .toml("workers = 3\n\nbind = \":8002\"\n")
                .load()
                .givens());

        assertThat(wanted.on(running, List.of("bind")).text().lines().map(line -> line.replaceAll(" +", " ")))
                .contains("bind = [\"0.0.0.0:8001\"] # narwhal.toml:1", "workers = 3 # narwhal.toml:1");
    }

    @Test
    void workers_that_the_running_store_of_sessions_cannot_have_are_refused() {
        var running = Sources.in(directory).toml("sessions = \"memory\"\n").config();
        var wanted = Sources.in(directory).toml("workers = 2\n").config();
        assertThat(Unchangeable.conflict(running, wanted)).isPresent();
        assertThat(Unchangeable.conflict(wanted, wanted)).isEmpty();
    }

    @Test
    void a_file_of_variables_is_read_and_what_is_given_by_itself_wins() throws IOException {
        Files.writeString(directory.resolve("app.env"), """
            # a comment

            A=1
            export B="two words"
            C='x=y'
            D=lost
            """);
        var config = Sources.in(directory)
                .toml("env-file = \"app.env\"\n")
                .flag(Settings.ENV, "D=won")
                .config();
        assertThat(config.env()).isEqualTo(Map.of("A", "1", "B", "two words", "C", "x=y", "D", "won"));
    }

    @Test
    void all_that_is_wrong_with_it_is_told_without_its_values() throws IOException {
        Files.writeString(directory.resolve("app.env"), "secret\nA=1\n1B=2\n");
        assertThat(Sources.in(directory).flag(Settings.ENV_FILE, "app.env").problems())
                .containsExactly(
                        "app.env:1: not a variable. Write KEY=VALUE, or # before a comment.",
                        "app.env:3: not a variable. Write KEY=VALUE, or # before a comment.");
        assertThat(Sources.in(directory).flag(Settings.ENV_FILE, "none.env").problems())
                .singleElement()
                .asString()
                .startsWith("--env-file: reading variables from none.env: ");
    }
}
