package dev.narwhal.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.bench.server.Contender;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionsTest {

    @Test
    void without_options_all_servers_are_measured() throws UsageException {
        var options = Options.parse(List.of());
        assertThat(options.contenders())
                .extracting(Contender::name)
                .startsWith(
                        "sync-1",
                        "sync-2",
                        "threaded-1",
                        "threaded-2",
                        "virtual-1",
                        "virtual-2",
                        "tomcat-platform",
                        "tomcat-virtual");
        assertThat(options.rounds()).isEqualTo(5);
    }

    @Test
    void a_value_follows_its_option_or_an_equals_sign() throws UsageException {
        var options = Options.parse(List.of("--rounds", "3", "--seconds=4", "--json=a.json"));
        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.seconds()).isEqualTo(4);
        assertThat(options.json()).contains(Path.of("a.json"));
    }

    @Test
    void a_given_number_wins_over_quick() throws UsageException {
        var options = Options.parse(List.of("--rounds", "9", "--quick"));
        assertThat(options.rounds()).isEqualTo(9);
        assertThat(options.seconds()).isEqualTo(3);
    }

    @Test
    void options_for_java_are_split_at_spaces() throws UsageException {
        assertThat(Options.parse(List.of("--java-opts", "-XX:+UseG1GC  -Xss1m")).narwhalJavaOptions())
                .containsExactly("-XX:+UseG1GC", "-Xss1m");
    }

    @Test
    void only_keeps_the_order_of_the_table() throws UsageException {
        assertThat(Options.parse(List.of("--only", "tomcat-virtual,sync-2")).contenders())
                .extracting(Contender::name)
                .containsExactly("sync-2", "tomcat-virtual");
    }

    @Test
    void mistakes_are_named() {
        assertThatThrownBy(() -> Options.parse(List.of("--round", "3"))).hasMessageContaining("--round: unknown");
        assertThatThrownBy(() -> Options.parse(List.of("--rounds"))).hasMessageContaining("needs a value");
        assertThatThrownBy(() -> Options.parse(List.of("--rounds", "0"))).hasMessageContaining("--rounds 0");
        assertThatThrownBy(() -> Options.parse(List.of("--only", "jetty"))).hasMessageContaining("virtual-2");
        assertThatThrownBy(() -> Options.parse(List.of("--host", "shop.example:80")))
                .hasMessageContaining("--host shop.example:80");
    }
}
