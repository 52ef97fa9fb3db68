package dev.narwhal.master.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.users.BadPasswordException;
import dev.narwhal.contract.users.Pbkdf2;
import dev.narwhal.contract.users.StoredPassword;
import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.ConfigLoader.Surroundings;
import dev.narwhal.master.config.LogLevel;
import dev.narwhal.master.config.Settings;
import dev.narwhal.master.serve.Inspector;
import dev.narwhal.master.serve.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String typed = "";
    private final List<Object> served = new ArrayList<>();
    private final List<Object> inspected = new ArrayList<>();

    @BeforeEach
    void a_war() throws IOException {
        Files.createFile(directory.resolve("shop.war"));
    }

    private int narwhal(String... words) {
        return narwhal(Map.of(), words);
    }

    private int narwhal(Map<String, String> environment, String... words) {
        return narwhal(
                environment,
                (config, _, _) -> {
                    served.add(config);
                    return ExitCode.DEPLOY;
                },
                words);
    }

    private int narwhal(Map<String, String> environment, Server server, String... words) {
        return Commands.execute(
                List.of(words),
                environment,
                directory,
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                server,
                new Recorder(inspected),
                () -> Optional.of(typed.toCharArray()));
    }

    /** Only takes down what it is asked for. */
    private record Recorder(List<Object> asked) implements Inspector {

        @Override
        public ExitCode inspect(Path war, Format format, LogLevel level, Surroundings surroundings) {
            asked.addAll(List.of(war, format, level));
            return ExitCode.OK;
        }

        @Override
        public ExitCode prepare(Path war, boolean pages, LogLevel level, Surroundings surroundings) {
            asked.addAll(List.of(war, pages, level));
            return ExitCode.DEPLOY;
        }

        @Override
        public ExitCode check(Config config, Format format) {
            asked.addAll(List.of(config.wars().getFirst().contextPath(), config.javaOpts(), format));
            return ExitCode.FINDINGS;
        }
    }

    @Test
    void run_serves_with_the_configuration_and_ends_as_the_server_does() {
        assertThat(narwhal("run", "-w", "3", "-b", ":0", "-b", "[::1]:0", "shop.war=/x"))
                .isEqualTo(ExitCode.DEPLOY.status());
        assertThat(served).singleElement().isInstanceOfSatisfying(Config.class, config -> {
            assertThat(config.binds()).hasSize(2);
            assertThat(config.wars().getFirst().contextPath()).isEqualTo("/x");
        });
        assertThat(out.toString(UTF_8) + err.toString(UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-k sync", "-ksync", "--dispatch=sync", "--worker-class sync", "-k threaded -k sync"})
    void an_option_can_be_written_in_the_usual_ways(String words) {
        var all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(words.split(" ", -1)));
        all.add("shop.war");
        narwhal(all.toArray(String[]::new));
        assertThat(served).singleElement().asString().contains("dispatch=Fixed[dispatch=SYNC]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx512m -Xss1m", "-ea", "--enable-preview", "-XX:+UseZGC"})
    void java_options_may_begin_with_a_dash(String options) {
        narwhal("run", "--java-opts", options, "shop.war");
        assertThat(served)
                .singleElement()
                .isInstanceOfSatisfying(
                        Config.class, config -> assertThat(config.javaOpts()).containsExactly(options.split(" ", -1)));
    }

    @Test
    void every_problem_is_one_line_and_nothing_is_served() {
        assertThat(narwhal(
                        Map.of("NARWHAL_BACKLOG", "x"),
                        "run",
                        "--wrokers",
                        "3",
                        "--bind",
                        "--threads",
                        "y",
                        "shop.war",
                        "no.war"))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .containsExactly(
                        "narwhal: --bind: no value. Give [https://]HOST:PORT.",
                        "narwhal: --wrokers: no such option. Did you mean '--workers'?",
                        "narwhal: NARWHAL_BACKLOG: 'x' is not a whole number from 1 to 65535.",
                        "narwhal: --threads: 'y' is not a whole number from 1 to 10000.",
                        "narwhal: WAR no.war: no such file (working directory: " + directory + ").",
                        "narwhal: 5 problems, nothing was started. See 'narwhal run --help'.");
        assertThat(served).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "rnu, narwhal: rnu: no such command. Did you mean 'run'?",
        "app.war, narwhal: app.war: no such command. Did you mean 'narwhal run app.war'?",
        "--vresion, narwhal: --vresion: no such option. Did you mean '--version'?",
        "-x, narwhal: -x: no such option.",
    })
    void an_unknown_word_gets_one_line(String word, String line) {
        assertThat(narwhal(word, "more")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).isEqualTo(line + System.lineSeparator());
    }

    @Test
    void without_a_command_the_help_is_shown_as_an_error() {
        assertThat(narwhal()).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("Usage: narwhal run [OPTIONS] WAR[=CONTEXT]...");
    }

    @Test
    void the_help_explains_every_setting_exit_code_and_signal() {
        assertThat(narwhal("run", "--help")).isZero();
        var help = out.toString(UTF_8);
        assertThat(Settings.ALL).allSatisfy(setting -> {
            assertThat(help).contains(setting.metavar());
            assertThat(setting.flags()).allSatisfy(flag -> assertThat(help).contains(flag));
            assertThat(help.replaceAll("\\s+", " ")).contains(setting.description());
        });
        for (var code : ExitCode.values()) {
            assertThat(help).contains(code.status() + "   " + code.meaning());
        }
        assertThat(help).contains(HelpText.SIGNALS.values());
    }

    @ParameterizedTest
    @CsvSource({"'', 80", "40, 80", "90, 90", "200, 100"})
    void the_help_fits_the_terminal(String columns, int width) {
        for (var command : List.of("run", "inspect")) {
            narwhal(Map.of("COLUMNS", columns), command, "--help");
        }
        narwhal(Map.of("COLUMNS", columns), "--help");
        assertThat(out.toString(UTF_8).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width))
                .anySatisfy(line -> assertThat(line).hasSizeGreaterThan(width - 8));
    }

    @Test
    void the_version_is_one_line_with_the_java_version() {
        assertThat(narwhal("--version")).isZero();
        assertThat(out.toString(UTF_8)).startsWith("narwhal ").endsWith("(Java " + Runtime.version() + ")\n");
    }

    @Test
    void check_config_says_that_it_is_valid() {
        assertThat(narwhal("run", "--check-config", "shop.war")).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("The configuration is valid.\n");
        assertThat(narwhal("run", "--check-config", "no.war")).isEqualTo(2);
        assertThat(served).isEmpty();
    }

    @Test
    void print_config_shows_every_setting_even_when_there_are_problems() {
        assertThat(narwhal("run", "--print-config", "shop.war")).isZero();
        assertThat(out.toString(UTF_8)).contains("wars = [\"shop.war\"] ").contains("# command line");
        out.reset();
        assertThat(narwhal("run", "--print-config")).isEqualTo(2);
        assertThat(out.toString(UTF_8).lines()).hasSameSizeAs(Settings.ALL);
        assertThat(err.toString(UTF_8)).startsWith("narwhal: WAR: none given.");
        assertThat(served).isEmpty();
    }

    @Test
    void hash_password_prints_what_stands_for_a_password() throws BadPasswordException {
        typed = "wonder";

        assertThat(narwhal("hash-password", "--iterations", "1000")).isZero();
        assertThat(StoredPassword.parse(out.toString(UTF_8).strip())).isInstanceOfSatisfying(Pbkdf2.class, hash -> {
            assertThat(hash.matches("wonder".toCharArray())).isTrue();
            assertThat(hash.iterations()).isEqualTo(1000);
        });
    }

    @Test
    void hash_password_takes_no_password_from_the_command_line() {
        assertThat(narwhal("hash-password", "wonder", "--iterations=1")).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("takes no argument", "--iterations: '1' is not a whole number from 1000 to 10000000.")
                .doesNotContain("wonder");
        assertThat(narwhal("hash-password")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("password: nothing was given");
    }

    @Test
    void inspect_takes_one_war() {
        assertThat(narwhal(Map.of("NARWHAL_LOG_LEVEL", "debug"), "inspect", "--json", "shop.war"))
                .isZero();
        assertThat(inspected).containsExactly(directory.resolve("shop.war"), Inspector.Format.JSON, LogLevel.DEBUG);
    }

    @Test
    void prepare_takes_one_war() {
        assertThat(narwhal("prepare", "--jsp", "shop.war")).isEqualTo(4);
        assertThat(inspected).containsExactly(directory.resolve("shop.war"), true, LogLevel.INFO);
    }

    @Test
    void check_takes_one_war_and_options_of_run() {
        assertThat(narwhal("check", "--java-opts=-Xmx512m", "--json", "shop.war=/x"))
                .isEqualTo(6);
        assertThat(inspected).containsExactly("/x", List.of("-Xmx512m"), Inspector.Format.JSON);
    }

    @Test
    void check_refuses_several_wars_and_options_of_a_server() {
        assertThat(narwhal("check", "--bind=:80", "shop.war", "shop.war=/y")).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("--bind: no such option", "WAR: 2 given. Name one .war file or exploded directory.");
        assertThat(inspected).isEmpty();
    }

    @Test
    void inspect_without_a_war_is_refused() {
        assertThat(narwhal("inspect", "--jsno")).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .startsWith(
                        "narwhal: --jsno: no such option. Did you mean '--json'?",
                        "narwhal: WAR: 0 given. Name one .war file or exploded directory.");
        assertThat(inspected).isEmpty();
    }

    @Test
    void a_defect_ends_with_its_own_code_and_a_stack_trace() {
        int status = narwhal(
                Map.of(),
                (_, _, _) -> {
                    throw new IllegalStateException("seen by nobody");
                },
                "run",
                "shop.war");
        assertThat(status).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("defect of Narwhal", "seen by nobody", "\tat ");
    }
}
