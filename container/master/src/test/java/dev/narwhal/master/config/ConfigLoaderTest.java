package dev.narwhal.master.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Test
    void a_flag_wins_over_the_environment_and_that_over_the_file() {
        var sources = Sources.in(directory).toml("backlog = 1");
        assertThat(sources.config().backlog()).isEqualTo(1);
        assertThat(sources.variable("NARWHAL_BACKLOG", "2").config().backlog()).isEqualTo(2);
        assertThat(sources.flag(Settings.BACKLOG, "3").config().backlog()).isEqualTo(3);
    }

    @Test
    void the_strongest_source_of_a_list_gives_the_whole_list() {
        var config = Sources.in(directory)
                .toml("bind = [\":1\", \":2\"]")
                .flag(Settings.BIND, ":3")
                .config();
        assertThat(config.binds()).containsExactly(new Bind("0.0.0.0", 3));
    }

    @Test
    void a_flag_given_twice_counts_as_given_last() {
        assertThat(Sources.in(directory)
                        .flag(Settings.BACKLOG, "1", "2")
                        .config()
                        .backlog())
                .isEqualTo(2);
    }

    @Test
    void an_empty_variable_counts_as_not_given() {
        assertThat(Sources.in(directory)
                        .variable("NARWHAL_BACKLOG", "")
                        .config()
                        .backlog())
                .isEqualTo(2048);
    }

    @Test
    void a_list_in_the_environment_is_separated_by_commas() {
        assertThat(Sources.in(directory)
                        .variable("NARWHAL_BIND", ":1, [::1]:2")
                        .config()
                        .binds())
                .containsExactly(new Bind("0.0.0.0", 1), new Bind("::1", 2));
    }

    @Test
    void java_options_in_the_environment_keep_their_commas() {
        assertThat(Sources.in(directory)
                        .variable("NARWHAL_JAVA_OPTS", "-Xlog:gc,safepoint -Xss1m")
                        .config()
                        .javaOpts())
                .containsExactly("-Xlog:gc,safepoint", "-Xss1m");
    }

    @Test
    void the_environment_of_workers_is_a_table_or_a_list_in_the_file() {
        assertThat(Sources.in(directory)
                        .toml("[env]\nTZ = \"UTC\"\nN = 1\n")
                        .config()
                        .env())
                .isEqualTo(Map.of("TZ", "UTC", "N", "1"));
        assertThat(Sources.in(directory).toml("env = [\"A=b=c\"]").config().env())
                .isEqualTo(Map.of("A", "b=c"));
    }

    @Test
    void another_file_is_read_instead_of_narwhal_toml() {
        var sources = Sources.in(directory)
                .toml("backlog = 1")
                .file("other.toml", "backlog = 2")
                .variable("NARWHAL_CONFIG", "other.toml");
        assertThat(sources.config().backlog()).isEqualTo(2);
    }

    @Test
    void applications_can_be_named_in_the_file() {
        var config = Sources.in(directory)
                .flag(Settings.WARS)
                .war("hello.war")
                .toml("wars = [\"shop.war=/s\", \"hello.war\"]")
                .config();
        assertThat(config.wars())
                .containsExactly(
                        new WarRef(directory.resolve("shop.war"), "/s"),
                        new WarRef(directory.resolve("hello.war"), "/hello"));
    }

    @Test
    void all_problems_are_reported_at_once_with_their_sources() {
        var problems = Sources.in(directory)
                .flag(Settings.WORKERS, "x")
                .flag(Settings.WARS, "nowhere.war")
                .variable("NARWHAL_KEEP_ALIV", "3")
                .variable("NARWHAL_BACKLOG", "y")
                .toml("""
                    wrokers = 3
                    threads = [1, 2]
                    bind = [
                      ":1",
                      "z",
                    ]
                    """)
                .problems();
        assertThat(problems)
                .containsExactly(
                        "NARWHAL_KEEP_ALIV: no such setting. Did you mean 'NARWHAL_KEEP_ALIVE'?",
                        "narwhal.toml:1: no such setting 'wrokers'. Did you mean 'workers'?",
                        "narwhal.toml:2: threads: a list or table is not a value of it. Give a whole number from 1 to 10000.",
                        "narwhal.toml:5: bind: 'z' has no port. Give z:8000.",
                        "NARWHAL_BACKLOG: 'y' is not a whole number from 1 to 65535.",
                        "--workers: 'x' is not a whole number from 1 to 512, two of them such as 2..8, or auto.",
                        "WAR nowhere.war: no such file (working directory: " + directory + ").");
    }

    @Test
    void a_file_that_is_not_toml_is_the_only_problem_reported_of_it() {
        assertThat(Sources.in(directory)
                        .flag(Settings.WARS)
                        .toml("workers = 3\nwars = [shop.war]\n")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("narwhal.toml:2:9: ");
    }

    @Test
    void a_file_that_is_missing_is_refused_when_it_was_named() {
        assertThat(Sources.in(directory).flag(Settings.CONFIG, "no.toml").problems())
                .containsExactly("--config: no such file no.toml (working directory: " + directory + ").");
        assertThat(Sources.in(directory).flag(Settings.CONFIG, ".").problems())
                .containsExactly("--config: . is not a file.");
    }

    @Test
    void a_file_cannot_name_another_file() {
        assertThat(Sources.in(directory).toml("config = \"other.toml\"").problems())
                .containsExactly("narwhal.toml:1: config cannot be given in a file. Use --config or NARWHAL_CONFIG.");
    }

    @Test
    void no_application_is_a_problem() {
        assertThat(Sources.in(directory).flag(Settings.WARS).problems())
                .containsExactly("WAR: none given. Name a .war file or an exploded directory: narwhal run shop.war.");
    }

    @Test
    void sticky_sessions_in_memory_may_have_several_workers() {
        var config = Sources.in(directory)
                .flag(Settings.SESSIONS, "memory")
                .flag(Settings.WORKERS, "2")
                .flag(Settings.STICKY, "true")
                .config();
        assertThat(config.onlyOneWorker()).isFalse();
    }

    @Test
    void a_range_of_workers_reads_as_it_is_written() {
        assertThat(Settings.WORKERS.syntax().parse("2..8")).isEqualTo(new WorkerCount.Range(2, 8));
        assertThat(Settings.WORKERS.syntax().write(new WorkerCount.Range(2, 8))).isEqualTo("2..8");
        assertThat(Settings.WORKERS.syntax().parse("3..3")).isEqualTo(new WorkerCount.Exactly(3));
        assertThatThrownBy(() -> Settings.WORKERS.syntax().parse("8..2"))
                .hasMessage("'8..2' is not a whole number from 1 to 512, two of them such as 2..8, or auto.");
    }

    @Test
    void sessions_in_memory_are_refused_for_several_workers_and_with_a_directory() {
        assertThat(Sources.in(directory)
                        .flag(Settings.SESSIONS, "memory")
                        .flag(Settings.WORKERS, "2")
                        .flag(Settings.SESSION_DIR, "here")
                        .problems())
                .containsExactly(
                        "--sessions: sessions in the memory of a worker cannot be shared by 2 workers. Give --sessions"
                                + " lmdb, --workers 1 or --sticky.",
                        "--sessions: sessions in memory need no session-dir. Give --sessions lmdb or no directory.");
    }

    @Test
    void what_is_wrong_with_sessions_in_redis_is_found_before_a_worker_starts() throws IOException {
        Files.writeString(directory.resolve("empty"), "\n");

        assertThat(Sources.in(directory)
                        .flag(Settings.SESSIONS, "rediss://shop:secret@cache?ca=/no/such.pem")
                        .flag(Settings.SESSION_PASSWORD_FILE, "empty")
                        .flag(Settings.SESSION_DIR, "here")
                        .problems())
                .containsExactly(
                        "--sessions: sessions in Redis need no session-dir. Give --sessions lmdb or no directory.",
                        "--sessions: reading certificates from /no/such.pem: /no/such.pem. Give ca= a file in PEM.",
                        "--session-password-file: the URL of --sessions has a password too. Give one of them.");
        assertThat(Sources.in(directory)
                        .flag(Settings.SESSIONS, "redis://cache")
                        .flag(Settings.SESSION_PASSWORD_FILE, "empty")
                        .problems())
                .containsExactly("--session-password-file: empty is empty. Write the password into its first line.");
        assertThat(Sources.in(directory)
                        .flag(Settings.SESSIONS, "redis://cache:secret@cache:port")
                        .problems())
                .containsExactly("--sessions: 'cache:port' is no host. Write HOST or HOST:PORT.");
    }

    @Test
    void an_address_given_twice_is_refused_but_not_a_free_port() {
        assertThat(Sources.in(directory).flag(Settings.BIND, ":1", "0.0.0.0:1").problems())
                .containsExactly("--bind: 0.0.0.0:1 is given twice.");
        assertThat(Sources.in(directory)
                        .flag(Settings.BIND, ":0", ":0")
                        .config()
                        .binds())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NARWHAL_HOME",
                "NARWHAL_JAVA_HOME",
                "NARWHAL_MASTER_OPTS",
                "NARWHAL_SERVICE_HOST",
                "NARWHAL_SERVICE_PORT_HTTP",
                "NARWHAL_PORT",
                "NARWHAL_PORT_8000_TCP",
                "NARWHAL_PORT_8000_TCP_ADDR",
                "NARWHAL_SHOP_SERVICE_PORT",
            })
    void variables_of_launchers_and_kubernetes_are_passed_over(String name) {
        assertThat(Sources.in(directory).variable(name, "tcp://10.0.0.1:8000").load())
                .isInstanceOf(Loaded.Valid.class);
    }

    @Test
    void the_printed_configuration_names_the_origin_of_every_value() {
        var printed = ConfigPrinter.print(Sources.in(directory)
                        .flag(Settings.WORKERS, "3")
                        .variable("NARWHAL_BACKLOG", "7")
                        .toml("\nkeep-alive = 10\nbind = [\n  \":1\",\n  \":2\",\n]\n")
                        .load()
                        .givens())
                .text();
        assertThat(printed.lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "wars = [\"shop.war\"] # command line",
                        "bind = [\"0.0.0.0:1\", \"0.0.0.0:2\"] # narwhal.toml:4, narwhal.toml:5",
                        "backlog = 7 # NARWHAL_BACKLOG",
                        "workers = 3 # --workers",
                        "dispatch = \"auto\" # default",
                        "# threads # default: 200",
                        "keep-alive = \"10s\" # narwhal.toml:2")
                .hasSameSizeAs(Settings.ALL);
    }

    @Test
    void the_printed_configuration_gives_the_same_configuration_again() {
        var sources = Sources.in(directory)
                .flag(Settings.JAVA_OPTS, "-Da='b \"c\"' -Xss1m", "-Db=\\d")
                .flag(Settings.ENV, "A=\"b\"\n#", "C=")
                .flag(Settings.BIND, "[::1]:0", ":7")
                .flag(Settings.PID, "a b.pid");
        var printed = ConfigPrinter.print(sources.load().givens()).text();
        assertThat(Sources.in(directory).flag(Settings.WARS).toml(printed).config())
                .usingRecursiveComparison()
                .isEqualTo(sources.config());
    }

    @Test
    void secrets_are_not_printed() {
        var printed = ConfigPrinter.print(Sources.in(directory)
                        .flag(Settings.ENV, "DB_PASSWORD=geheim", "API_KEY=geheim")
                        .flag(Settings.JAVA_OPTS, "-Djavax.net.ssl.keyStorePassword=geheim")
                        .load()
                        .givens())
                .text();
        assertThat(printed).doesNotContain("geheim").contains("DB_PASSWORD=****");
    }

    @Test
    void what_cannot_be_read_is_printed_as_given() {
        var printed = ConfigPrinter.print(Sources.in(directory)
                        .flag(Settings.WORKERS, "x\"")
                        .load()
                        .givens())
                .text();
        assertThat(List.of(printed.split("\n", -1)))
                .anyMatch(line -> line.startsWith("workers = \"x\\\"\" ") && line.endsWith("# --workers"));
    }
}
