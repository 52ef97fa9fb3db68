package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.narwhal.harness.Authority;
import dev.narwhal.harness.Distribution;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Every example of the documentation is run, or at least read by who would have to read it. */
@ExtendWith(NarwhalExtension.class)
final class ExamplesTest {

    private static final Path ROOT = Distribution.root();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
    private static final Pattern NARWHAL = Pattern.compile("(?m)^(?:\\$ |.*\\| )?(?:\\./)?narwhal ([^#\n]*)");
    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]+");

    /** Of other programs. */
    private static final Set<String> FOREIGN = Set.of(
            "--add-opens",
            "--enable-native-access",
            "--unix-socket",
            "--kill-whom",
            "--signal",
            "--now",
            // of jlink, docker and the like, in the Containerfile
            "--add-modules",
            "--strip-debug",
            "--no-man-pages",
            "--no-header-files",
            "--generate-cds-archive",
            "--output",
            "--strip-components",
            "--init",
            "--read-only",
            "--tmpfs",
            "--shm-size",
            "--cap-drop",
            "--from",
            "--chown");

    @TempDir
    static Path directory;

    /** An example in a file. */
    record Example(Path file, String language, String text) {
        @Override
        public String toString() {
            return ROOT.relativize(file) + ": " + text.lines().findFirst().orElse("");
        }
    }

    /** What the examples name is there. */
    @BeforeAll
    static void furnish() throws IOException {
        for (var war : List.of("app.war", "shop.war")) {
            Files.copy(Wars.sample("hello"), directory.resolve(war));
        }
        var server = Authority.named("CN=Narwhal Test Authority").issue("CN=localhost");
        server.writeCertificate(directory.resolve("chain.pem"));
        server.writeKey(directory.resolve("key.pem"));
        Files.writeString(directory.resolve("users"), "bob=builder,member\n");
        Files.writeString(directory.resolve("orders"), "secret\n");
    }

    /** The directories of an installation. */
    private static String here(String text) {
        return text.replace("/etc/narwhal/", directory + "/")
                .replace("/run/secrets/", directory + "/")
                .replace("war-samples/hello", "app.war");
    }

    static Stream<Path> pages() throws IOException {
        var pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (var files = Files.walk(ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages.stream();
    }

    private static Stream<Example> examples(String... languages) throws IOException {
        var examples = new ArrayList<Example>();
        for (var page : pages().toList()) {
            BLOCK.matcher(Files.readString(page))
                    .results()
                    .filter(block -> Set.of(languages).contains(block.group(1)))
                    .forEach(block -> examples.add(new Example(page, block.group(1), block.group(2))));
        }
        return examples.stream();
    }

    static Stream<Example> configurations() throws IOException {
        return examples("toml");
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void a_configuration_is_valid(Example example) throws IOException {
        var home = Files.createTempDirectory(directory, "toml");
        Files.writeString(home.resolve("narwhal.toml"), here(example.text()));

        var checked = Launch.of("run", "--check-config", directory.resolve("app.war"))
                .in(home)
                .finish();

        assertThat(checked.exitCode()).as(checked.output()).isZero();
    }

    static Stream<Example> servers() throws IOException {
        return commands().filter(command -> command.text().startsWith("run "));
    }

    /** What follows {@code narwhal} in what is typed. */
    private static Stream<Example> commands() throws IOException {
        return examples("sh", "console")
                .flatMap(example -> NARWHAL.matcher(example.text())
                        .results()
                        .map(command -> new Example(
                                example.file(), "sh", command.group(1).strip())));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void a_command_that_starts_a_server_is_right(Example example) {
        var words =
                new ArrayList<Object>(List.of((Object[]) here(example.text()).split(" ")));
        words.add("--check-config");

        var checked = Launch.of(words.toArray()).in(directory).finish();

        assertThat(checked.exitCode()).as(checked.output()).isZero();
    }

    @Test
    void every_flag_is_one_of_the_help() throws IOException {
        var known = new TreeSet<>(FOREIGN);
        known.addAll(List.of("--help", "--version", "--realm-")); // the last stands for all that begin with it
        for (var command : List.of("run", "ctl", "top", "inspect", "prepare", "check", "hash-password")) {
            known.addAll(flags(Launch.of(command, "--help").finish().out()));
        }
        var files = new ArrayList<>(
                pages().filter(page -> !page.toString().contains("decisions")).toList());
        try (var more = Files.list(ROOT.resolve("docs/deploy"))) {
            more.filter(file -> !file.toString().endsWith(".md")).forEach(files::add);
        }
        for (var file : files) {
            assertThat(known).as(ROOT.relativize(file).toString()).containsAll(flags(Files.readString(file)));
        }
    }

    private static Set<String> flags(String text) {
        var flags = new TreeSet<String>();
        FLAG.matcher(text).results().map(MatchResult::group).forEach(flags::add);
        return flags;
    }

    @Test
    void the_first_page_shows_what_is_seen(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=2", Wars.sample("hello"));
        var shown = examples("console").findFirst().orElseThrow().text();

        var seen = narwhal.log().lines().stream().map(ExamplesTest::shape).toList();

        assertThat(shown.lines().skip(1).map(ExamplesTest::shape)).isSubsetOf(seen);
    }

    @Test
    void what_ctl_shows_is_what_is_seen(Narwhals narwhals) throws IOException {
        var socket = directory.resolve("shown.sock");
        narwhals.start("--workers=2", "--control-socket=" + socket, Wars.sample("hello"));
        var shown = examples("console")
                .filter(example -> example.text().startsWith("$ narwhal ctl\n"))
                .findFirst()
                .orElseThrow()
                .text();

        var seen = Launch.of("ctl", "--socket=" + socket).finish().out();

        assertThat(seen.lines().map(line -> shape(line).replace("-SNAPSHOT", "").replaceAll(" +", " ")))
                .containsExactlyInAnyOrderElementsOf(shown.lines()
                        .skip(1)
                        .map(line -> shape(line).replaceAll(" +", " "))
                        .toList());
        assertThat(seen.lines())
                .as("headings")
                .containsAll(
                        shown.lines().filter(line -> line.startsWith("SLOT")).toList());
    }

    /** Without what differs from one start to the next. */
    private static String shape(String line) {
        return line.replaceAll("\\(unchanged, from the cache\\)", "")
                .replaceAll("java=\\S+", "java=")
                .replaceAll("worker [01]", "worker N")
                .replaceAll("[0-9][0-9:.]*", "N")
                .strip();
    }

    @Test
    void json_is_json() throws IOException {
        for (var example : examples("json").toList()) {
            var reader = new JsonReader(new StringReader(example.text()));
            reader.setStrictness(Strictness.LENIENT); // several objects
            while (reader.peek() != JsonToken.END_DOCUMENT) {
                assertThat(JsonParser.parseReader(reader).isJsonObject())
                        .as(example.toString())
                        .isTrue();
            }
        }
    }

    @Test
    void the_manifests_are_yaml_and_their_pods_run_a_right_command() throws IOException {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        var documents = new ArrayList<Object>();
        yaml.loadAll(Files.readString(ROOT.resolve("docs/deploy/kubernetes.yaml")))
                .forEach(documents::add);

        assertThat(documents)
                .hasSize(3)
                .allSatisfy(document -> assertThat(document).asString().contains("kind="));
        var arguments =
                Pattern.compile("args=\\[([^]]*)]").matcher(documents.getFirst().toString());
        assertThat(arguments.find()).isTrue();
        var words = new ArrayList<Object>(List.of((Object[]) arguments.group(1).split(", ")));
        words.add("--check-config");
        var checked = Launch.of(words.toArray()).in(directory).finish();
        assertThat(checked.exitCode()).as(checked.output()).isZero();
    }
}
