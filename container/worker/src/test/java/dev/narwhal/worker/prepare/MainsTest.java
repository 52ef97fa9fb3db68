package dev.narwhal.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.PrepareMessage;
import dev.narwhal.contract.PrepareSpec;
import dev.narwhal.worker.Archive;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainsTest {

    @TempDir
    private Path directory;

    private Path good;
    private Path bad;

    @BeforeEach
    void write() throws Exception {
        good = Archive.war()
                .source(
                        "S",
                        "@jakarta.servlet.annotation.WebServlet(\"\") public class S extends jakarta.servlet.http.HttpServlet {}")
                .webXml("<display-name>Größe</display-name>")
                .writeTo(directory.resolve("good one.war"));
        bad = Files.writeString(directory.resolve("bad.war"), "no zip");
    }

    private record Ended(ExitCode code, String out, String err) {}

    private Ended inspect(String format, Path war) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var code = InspectMain.run(
                List.of("format=" + format, "war=/x=" + war, "cache=" + directory.resolve("cache"), "log-level=info"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void inspect_prints_text() {
        var ended = inspect("text", good);

        assertThat(ended.code()).isEqualTo(ExitCode.OK);
        assertThat(ended.out()).startsWith("good one.war at /x\n").contains("S = S on (the context root)");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void inspect_prints_json() {
        var ended = inspect("json", good);

        var json = JsonParser.parseString(ended.out()).getAsJsonObject();
        assertThat(json.get("displayName").getAsString()).isEqualTo("Größe");
        assertThat(json.getAsJsonArray("servlets")).hasSize(1);
    }

    @Test
    void inspect_says_in_one_line_what_is_wrong() {
        var ended = inspect("text", bad);

        assertThat(ended.code()).isEqualTo(ExitCode.DEPLOY);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith("narwhal: preparing ").contains("not a zip archive");
        assertThat(ended.err().lines()).hasSize(1);
    }

    @Test
    void the_child_reports_on_the_inherited_descriptor() throws Exception {
        var messages = prepare(ExitCode.DEPLOY, good, bad);

        assertThat(messages).first().isInstanceOf(PrepareMessage.Progress.class);
        assertThat(messages)
                .filteredOn(PrepareMessage.Prepared.class::isInstance)
                .hasSize(1);
        assertThat(messages).last().isInstanceOfSatisfying(PrepareMessage.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(ExitCode.DEPLOY);
            assertThat(failed.reason()).contains("not a zip archive");
            assertThat(failed.detail()).contains("WarException");
        });
    }

    /** A process like the one that the master starts; descriptor 3 is a file here. */
    private List<PrepareMessage> prepare(ExitCode expected, Path... wars) throws Exception {
        var report = directory.resolve("report");
        var spec = new PrepareSpec(
                List.of(wars).stream().map(war -> new PrepareSpec.War(war, "")).toList(),
                directory.resolve("cache"),
                true,
                3,
                "info",
                List.of(),
                List.of());
        var command = new ArrayList<>(List.of("sh", "-c", "exec 3> \"$0\"; exec \"$@\"", report.toString()));
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PrepareMain.class.getName()));
        command.addAll(spec.toArguments());
        var process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isEqualTo(expected.status());
        return Files.readAllLines(report).stream()
                .map(line -> Objects.requireNonNull(PrepareMessage.parse(line)))
                .toList();
    }
}
