package dev.narwhal.master.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.contract.PrepareSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerCommandTest {

    private final WorkerCommand command =
            new WorkerCommand(Path.of("/jdk"), Path.of("/lib/worker"), Path.of("/cache"), List.of("-Xss1m"));

    @Test
    void the_application_options_are_not_for_the_preparing_child() {
        var spec = new PrepareSpec(List.of(), Path.of("/cache"), true, 3, "info", List.of(), List.of());

        var words = command.prepare(spec, List.of("-Xmx64m"));

        assertThat(words).startsWith("/jdk/bin/java").doesNotContain("-Xss1m");
        assertThat(words)
                .endsWith(
                        "-Xmx64m",
                        "-cp",
                        "/lib/worker/*",
                        "dev.narwhal.worker.prepare.PrepareMain",
                        "cache=/cache",
                        "migrate=true",
                        "report=3",
                        "log-level=info");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``                        | []
                    -Xmx1g  -Xss1m            | [-Xmx1g, -Xss1m]
                    -Da='b c' -Dd="e f"       | [-Da=b c, -Dd=e f]
                    -Da=b\\ c                 | [-Da=b c]
                    "a\\"b\\c" 'd\\e'         | [a"b\\c, d\\e]
                    '' x                      | [, x]
                    """)
    void options_are_split_as_a_shell_would(String line, String words) {
        assertThat(ShellWords.split(line)).hasToString(words);
    }

    @Test
    void a_quote_that_is_not_closed_is_refused() {
        assertThatThrownBy(() -> ShellWords.split("-Da='b"))
                .hasMessage("splitting '-Da='b' into words: the quote ' is not closed. Add the closing quote.");
    }

    @ParameterizedTest
    @CsvSource({
        "/own, /xdg, /home/me, /own",
        "'',   /xdg, /home/me, /xdg/narwhal",
        "'',   xdg,  /home/me, /home/me/.cache/narwhal",
        "'',   '',   /home/me, /home/me/.cache/narwhal",
    })
    void the_cache_is_where_the_user_wants_it(String own, String xdg, String home, Path expected) {
        assertThat(CacheDirectory.of(Map.of("NARWHAL_CACHE", own, "XDG_CACHE_HOME", xdg), home))
                .hasValue(expected);
    }

    @Test
    void a_user_without_a_home_has_none() {
        assertThat(CacheDirectory.of(Map.of(), "?")).isEmpty();
    }
}
