package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.WarBuilder;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which application is served where. */
@ExtendWith(NarwhalExtension.class)
final class ContextsTest {

    @TempDir
    Path directory;

    @Test
    void one_application_is_served_at_the_root(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start(war("shop.war"));

        assertThat(Http.get(narwhal.port(), "/").text()).isEqualTo("shop.war");
    }

    @Test
    void several_are_named_as_tomcat_does(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start(war("shop.war"), war("ROOT.war"), war("a#b.war"));

        assertThat(Http.get(narwhal.port(), "/shop/").text()).isEqualTo("shop.war");
        assertThat(Http.get(narwhal.port(), "/").text()).isEqualTo("ROOT.war");
        assertThat(Http.get(narwhal.port(), "/a/b/").text()).isEqualTo("a#b.war");
    }

    @Test
    void a_context_path_can_be_given(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start(war("shop.war") + "=/store");

        assertThat(Http.get(narwhal.port(), "/store/").text()).isEqualTo("shop.war");
        assertThat(Http.get(narwhal.port(), "/").status()).isEqualTo(404);
    }

    @Test
    void a_context_path_without_the_last_slash_is_redirected(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start(war("shop.war") + "=/store");

        var response = Http.get(narwhal.port(), "/store");
        assertThat(response.status()).isEqualTo(302);
        assertThat(response.header("Location"))
                .hasValueSatisfying(value -> assertThat(value).endsWith("/store/"));
    }

    @Test
    void two_applications_on_one_path_are_refused() {
        var finished =
                Launch.run(war("shop.war") + "=/x", war("other.war") + "=/x").finish();

        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).contains("/x", "shop.war", "other.war");
    }

    @Test
    void an_exploded_directory_is_served(Narwhals narwhals) throws IOException {
        var exploded = WarBuilder.copyOf(Wars.sample("hello")).explode(Files.createDirectory(directory.resolve("app")));

        var narwhal = narwhals.start(exploded);

        assertThat(Http.get(narwhal.port(), "/hello?name=Ada").text()).contains("Hello, Ada!");
    }

    @Test
    void sessions_of_two_applications_are_apart(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=1", Wars.sample("classic") + "=/one", Wars.sample("classic") + "=/two");

        var first = Http.get(narwhal.port(), "/one/counter");
        assertThat(first.header("Set-Cookie"))
                .hasValueSatisfying(value -> assertThat(value).containsIgnoringCase("path=/one"));
    }

    private Path war(String name) {
        return new WarBuilder().file("index.html", name).write(directory.resolve(name));
    }
}
