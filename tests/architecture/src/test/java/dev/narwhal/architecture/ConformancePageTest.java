package dev.narwhal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page that tells which tests stand for which chapter of the specification. */
final class ConformancePageTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)`");

    @Test
    void every_test_that_it_names_is_there() throws IOException {
        var named = new TreeSet<String>();
        NAMED.matcher(Files.readString(ROOT.resolve("docs/conformance.md")))
                .results()
                .forEach(match -> named.add(match.group(1)));

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(tests()).containsAll(named);
    }

    @Test
    void it_names_every_test_of_the_specification() throws IOException {
        try (var files = Files.list(ROOT.resolve("tests/conformance/src/test/java/dev/narwhal/conformance"))) {
            var page = Files.readString(ROOT.resolve("docs/conformance.md"));
            assertThat(files.map(ConformancePageTest::className).filter(name -> name.endsWith("Test")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
        }
    }

    @Test
    void it_has_a_row_for_every_chapter() throws IOException {
        var page = Files.readString(ROOT.resolve("docs/conformance.md"));
        assertThat(IntStream.rangeClosed(2, 15))
                .allSatisfy(chapter -> assertThat(page).contains("\n| " + chapter + " "));
        assertThat(page).contains("\n| Pages ", "\n| WebSocket ");
    }

    private static Set<String> tests() throws IOException {
        var tests = new TreeSet<String>();
        for (var top : new String[] {"tests", "container", "adapters"}) {
            try (var files = Files.find(
                    ROOT.resolve(top),
                    20,
                    (file, attributes) ->
                            attributes.isRegularFile() && file.toString().endsWith("Test.java"))) {
                files.map(ConformancePageTest::className).forEach(tests::add);
            }
        }
        return tests;
    }

    private static String className(Path file) {
        return String.valueOf(file.getFileName()).replace(".java", "");
    }
}
