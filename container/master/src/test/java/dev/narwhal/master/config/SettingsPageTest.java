package dev.narwhal.master.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/settings.md} is written by this test: copy {@code target/settings.md} there when a setting has changed. */
final class SettingsPageTest {

    private static final Path PAGE = Path.of("../../docs/settings.md");
    private static final Path RESULT = Path.of("target/settings.md");

    @Test
    void the_page_has_every_setting_as_it_is() throws IOException {
        var page = page();
        Files.writeString(RESULT, page);

        assertThat(PAGE).as("what %s has", RESULT.toAbsolutePath().normalize()).hasContent(page);
    }

    private static String page() {
        var page = new StringBuilder("""
                # Settings

                Every setting of `narwhal run`: flags, key in `narwhal.toml`, variable in the environment, default. Flags win over the environment, the environment
                over the file. Durations are `30` or `30s`, `500ms`, `2m`, `1h`. `narwhal run --print-config` shows every value with its origin, and so does
                `narwhal ctl config` of a running server. What the commands are for is in the [README](../README.md).
                """);
        for (var section : Setting.Section.values()) {
            var settings = Settings.ALL.stream()
                    .filter(setting -> setting.section() == section)
                    .toList();
            if (!settings.isEmpty()) {
                page.append("\n## ").append(section.title()).append("\n\n");
                page.append("| flag | key, variable | default | |\n|---|---|---|---|\n");
                settings.forEach(setting -> page.append(row(setting)));
            }
        }
        return page.toString();
    }

    private static String row(Setting<?> setting) {
        var flags = setting.flags().isEmpty()
                ? "`" + setting.metavar() + "`"
                : "`" + String.join("`, `", setting.flags())
                        + (setting.metavar().isEmpty() ? "" : " " + setting.metavar()) + "`";
        return "| %s | `%s`, `%s` | %s | %s |\n"
                .formatted(
                        cell(flags),
                        setting.name(),
                        setting.variable(),
                        cell(setting.fallback().describe()),
                        cell(setting.description()));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
