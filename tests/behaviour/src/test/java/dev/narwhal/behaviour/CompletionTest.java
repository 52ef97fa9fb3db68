package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Launch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code narwhal completion}. */
final class CompletionTest {

    /** Completes words as bash does when a tabulator is typed. */
    private static final String COMPLETE = """
            source "$1"
            compopt() { :; }
            complete_words() {
                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMPREPLY=()
                _complete_narwhal
                echo "$*: ${COMPREPLY[*]}"
            }
            complete_words narwhal to
            complete_words narwhal run --lam
            complete_words narwhal ctl pa
            """;

    @TempDir
    Path directory;

    @Test
    void bash_completes_commands_options_and_what_ctl_can() throws IOException, InterruptedException {
        var script = Files.writeString(directory.resolve("narwhal.bash"), completion("bash"));
        var bash = new ProcessBuilder("bash", "-c", COMPLETE, "bash", script.toString())
                .redirectErrorStream(true)
                .start();

        var said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor()).as(said).isZero();
        assertThat(said).isEqualTo("""
                narwhal to: top
                narwhal run --lam: --lame-duck
                narwhal ctl pa: pause
                """);
    }

    @Test
    void fish_is_told_the_same() {
        assertThat(completion("fish"))
                .contains(
                        "-n __fish_use_subcommand -f -a top -d ",
                        "-n '__fish_seen_subcommand_from run' -l lame-duck -r -d ")
                .containsPattern("seen_subcommand_from ctl' -f -a '.* pause ");
    }

    @Test
    void another_shell_is_refused() {
        var refused = Launch.of("completion", "fisch").finish();

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("Give one of bash, zsh, fish. Did you mean 'fish'?");
    }

    private static String completion(String shell) {
        var finished = Launch.of("completion", shell).finish();
        assertThat(finished.exitCode()).isZero();
        return finished.out();
    }
}
