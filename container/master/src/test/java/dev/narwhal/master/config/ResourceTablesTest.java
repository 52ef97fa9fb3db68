package dev.narwhal.master.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.ResourceSpec;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code [resources."NAME"]} in the file, and {@code --lib}. */
class ResourceTablesTest {

    @TempDir
    private Path directory;

    @Test
    void a_table_becomes_a_resource() {
        var config = Sources.in(directory).file("secret", "sesam").toml("""
            backlog = 5

            [resources."jdbc/orders"]
            driver = "org.h2.Driver"
            url = "jdbc:h2:mem:a"
            user = "sa"
            password-file = "secret"
            max-pool-size = 5
            connection-timeout = "2s"
            transaction-isolation = "read-committed"
            properties = { MODE = "x", a.b = 1 }

            [resources."java:comp/env/mail/session"]
            type = "javax.mail.Session"
            host = "mail.example"

            [resources.bean]
            type = "a.Bean"
            properties.depth = 3
            """).config();

        assertThat(config.backlog()).isEqualTo(5);
        assertThat(config.resources())
                .containsExactlyInAnyOrder(
                        new ResourceSpec(
                                "jdbc/orders",
                                "narwhal.toml:3",
                                "javax.sql.DataSource",
                                Map.of(
                                        "driver", "org.h2.Driver",
                                        "url", "jdbc:h2:mem:a",
                                        "user", "sa",
                                        "password-file",
                                                directory.resolve("secret").toString(),
                                        "max-pool-size", "5",
                                        "connection-timeout", "2000ms",
                                        "transaction-isolation", "read-committed"),
                                Map.of("MODE", "x", "a.b", "1")),
                        new ResourceSpec(
                                "mail/session",
                                "narwhal.toml:13",
                                "jakarta.mail.Session",
                                Map.of("host", "mail.example"),
                                Map.of()),
                        new ResourceSpec("bean", "narwhal.toml:17", "a.Bean", Map.of(), Map.of("depth", "3")));
    }

    @Test
    void every_mistake_is_told_at_once_with_its_line() {
        assertThat(Sources.in(directory)
                        .flag(Settings.LIB, "no.jar", "shop.war")
                        .toml("""
                            [resources."jdbc/a"]
                            url = "jdbc:h2:mem:a"
                            username = "sa"
                            max-pool-siez = 3
                            min-idle = -1
                            auto-commit = "perhaps"
                            password-file = "nowhere"
                            [resources."jdbc/b"]
                            type = "javax.sql.DataSource"
                            password = "x"
                            host = "h"
                            [resources.c]
                            properties = 3
                            [resources.jdbc.d]
                            url = "x"
                            [resource."jdbc/e"]
                            url = "x"
                            [resources."jdbc/f"]
                            type = "javax.sql.XADataSource"
                            max-pool-size = 3
                            """)
                        .problems())
                .containsExactly(
                        "narwhal.toml:3: resources.\"jdbc/a\": no such key 'username'. Did you mean 'user'?",
                        "narwhal.toml:4: resources.\"jdbc/a\": no such key 'max-pool-siez'. Did you mean 'max-pool-size'?",
                        "narwhal.toml:5: resources.\"jdbc/a\": min-idle: '-1' is not a whole number from 0 to 10000.",
                        "narwhal.toml:6: resources.\"jdbc/a\": auto-commit: 'perhaps' is not one of true, false.",
                        "narwhal.toml:7: resources.\"jdbc/a\": password-file: no such file nowhere (working directory: "
                                + directory + ").",
                        "narwhal.toml:11: resources.\"jdbc/b\": no such key 'host'.",
                        "narwhal.toml:8: resources.\"jdbc/b\": it has no url. Add url = \"jdbc:...\".",
                        "narwhal.toml:12: resources.\"c\": it has no type. Add type = \"javax.sql.DataSource\","
                                + " \"jakarta.mail.Session\" or a class.",
                        "narwhal.toml:14: resources.\"jdbc\": it has nothing but tables. Names with dots or slashes"
                                + " need quotes: [resources.\"jdbc/orders\"].",
                        "narwhal.toml:20: resources.\"jdbc/f\": no such key 'max-pool-size'.",
                        "narwhal.toml:18: resources.\"jdbc/f\": it has no driver. Add the driver's own class that is an XADataSource.",
                        "narwhal.toml:16: no such setting 'resource'. Did you mean 'resources'?",
                        "--lib: no such file or directory no.jar (working directory: " + directory + ").",
                        "--lib: shop.war is neither a .jar file nor a directory of them.");
    }

    @Test
    void what_is_printed_reads_back_but_for_the_passwords() {
        var toml = """
            [resources."jdbc/orders"]
            url = "jdbc:x://h/d?user=u&password=sesam&a=b"
            password = "sesam"
            idle-timeout = "1m"
            properties = { "trust.password" = "sesam", "a b" = "c" }
            """;
        var printed = ConfigPrinter.print(
                        Sources.in(directory).toml(toml).load().givens())
                .text();

        assertThat(printed).doesNotContain("sesam").contains("password = \"********\"", "password=********&a=b");
        var again = Sources.in(directory).toml(printed).config().resources().getFirst();
        assertThat(again.settings()).containsEntry("idle-timeout", "60000ms");
        assertThat(again.properties()).containsEntry("a b", "c").containsEntry("trust.password", "********");
    }

    @Test
    void libraries_are_files_and_directories_that_exist() {
        assertThat(Sources.in(directory)
                        .file("a.jar", "")
                        .variable("NARWHAL_LIB", "a.jar, .")
                        .config()
                        .libraries())
                .containsExactly(directory.resolve("a.jar"), directory);
    }
}
