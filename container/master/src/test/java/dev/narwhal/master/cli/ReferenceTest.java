package dev.narwhal.master.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.master.arbiter.MasterSignal;
import dev.narwhal.master.arbiter.WorkerSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages and the help name every signal and every command of {@code ctl}, and no other. */
final class ReferenceTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** What the JVM and the kernel do with them is documented, too. */
    private static final Set<String> OF_THE_JVM = Set.of("QUIT");

    @ParameterizedTest
    @ValueSource(strings = {"docs/signals.md", "README.md"})
    void every_signal_to_the_master_is_documented(String page) throws IOException {
        var documented =
                codes(section(page, page.startsWith("docs") ? "## To the master" : "## Signals to the master"));
        documented.remove("KILL");

        assertThat(documented).isEqualTo(with(OF_THE_JVM, MasterSignal.values()));
    }

    @Test
    void every_signal_to_the_master_is_in_the_help() {
        var helped = HelpText.SIGNALS.keySet().stream()
                .flatMap(names -> Stream.of(names.split(" ", -1)))
                .collect(Collectors.toSet());

        assertThat(helped).isEqualTo(with(OF_THE_JVM, MasterSignal.values()));
    }

    @Test
    void every_signal_to_a_worker_is_documented() throws IOException {
        assertThat(codes(section("docs/signals.md", "## To a worker")))
                .isEqualTo(with(Set.of("INT", "HUP"), WorkerSignal.values()));
    }

    private static Set<String> with(Set<String> others, Enum<?>... signals) {
        var names = new HashSet<>(others);
        Arrays.stream(signals).map(Enum::name).forEach(names::add);
        return names;
    }

    @Test
    void every_command_of_ctl_is_documented_with_its_request() throws IOException {
        var rows = rows(section("docs/control.md", "## `narwhal ctl`"));

        CtlCommand.REQUESTS.forEach((command, request) -> assertThat(rows)
                .as(command)
                .anySatisfy(row -> {
                    assertThat(codes(row.getFirst()))
                            .anyMatch(words -> words.equals(command) || words.startsWith(command + " "));
                    assertThat(row.getLast()).contains(request);
                }));
        for (var verb : WorkerVerb.VERBS) {
            assertThat(rows)
                    .as("worker " + verb)
                    .anySatisfy(row -> assertThat(row.getFirst()).contains("`worker " + verb + " N"));
        }
        assertThat(rows.stream().flatMap(row -> codes(row.getFirst()).stream()).map(words -> words.split(" ", 2)[0]))
                .isSubsetOf(CtlCommand.REQUESTS.keySet());
    }

    /** The part of a page below a heading, up to the next one of its rank. */
    private static String section(String page, String heading) throws IOException {
        var text = Files.readString(ROOT.resolve(page));
        int from = text.indexOf("\n" + heading + "\n");
        assertThat(from).as(heading).isNotNegative();
        int to = text.indexOf("\n## ", from + heading.length());
        return text.substring(from, to < 0 ? text.length() : to);
    }

    /** The cells of all tables, without the headings. */
    private static List<List<String>> rows(String text) {
        return text.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ")))
                .filter(cells -> cells.size() == 3)
                .toList();
    }

    /** What is in backquotes in the first cells of tables; of a text without tables, anywhere. */
    private static Set<String> codes(String text) {
        var cells = text.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(2).split(" \\| ", 2)[0])
                .collect(Collectors.joining("\n"));
        return CODE.matcher(cells.isEmpty() ? text : cells)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
