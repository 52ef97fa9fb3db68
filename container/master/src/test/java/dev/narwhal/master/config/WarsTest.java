package dev.narwhal.master.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Test
    void one_application_is_served_at_the_root() {
        assertThat(Sources.in(directory).config().wars())
                .containsExactly(new WarRef(directory.resolve("shop.war"), ""));
    }

    @ParameterizedTest
    @CsvSource({
        "shop.war, /shop",
        "ROOT.war, ''",
        "ROOT##2.war, ''",
        "a#b.war, /a/b",
        "a#b##12.war, /a/b",
        "foo##12.war, /foo",
        "exploded, /exploded",
    })
    void several_applications_are_named_as_in_tomcat(String fileName, String contextPath) throws IOException {
        var sources = Sources.in(directory).war("other.war");
        if (fileName.endsWith(".war")) {
            sources.war(fileName);
        } else {
            Files.createDirectory(directory.resolve(fileName));
        }
        assertThat(sources.flag(Settings.WARS, "other.war", fileName).config().wars())
                .contains(new WarRef(directory.resolve(fileName), contextPath));
    }

    @ParameterizedTest
    @CsvSource({"/dev/null, neither a file nor a directory.", "'', the name is empty. Give a .war file or a directory."
    })
    void what_could_be_no_application_is_refused_before_anybody_waits_for_it(String text, String found) {
        assertThatThrownBy(() -> new Wars(directory).find(text))
                .isInstanceOf(BadValueException.class)
                .hasMessage(found);
    }

    @ParameterizedTest
    @CsvSource({"/shop, /shop", "/shop/, /shop", "/a/b, /a/b", "/, ''", "'', ''"})
    void a_context_path_can_be_given(String given, String contextPath) {
        assertThat(Sources.in(directory)
                        .flag(Settings.WARS, "shop.war=" + given)
                        .config()
                        .wars())
                .containsExactly(new WarRef(directory.resolve("shop.war"), contextPath));
    }

    @ParameterizedTest
    @CsvSource({
        "shop, does not begin with /",
        "//a, has the segment ''",
        "/a/../b, has the segment '..'",
        "/a b, special in URLs or invisible",
        "/a?b, special in URLs or invisible",
    })
    void an_impossible_context_path_is_refused(String given, String reason) {
        assertThat(Sources.in(directory)
                        .flag(Settings.WARS, "shop.war=" + given)
                        .problems())
                .singleElement()
                .asString()
                .startsWith("WAR shop.war=" + given + ": the context path ")
                .contains(reason);
    }

    @Test
    void two_applications_at_one_context_path_are_refused() {
        assertThat(Sources.in(directory)
                        .war("hello.war")
                        .flag(Settings.WARS, "shop.war=/x", "hello.war=/x/")
                        .problems())
                .containsExactly("WAR hello.war=/x/: the context path /x is taken by shop.war=/x."
                        + " Give another one: hello.war=/CONTEXT.");
    }

    @Test
    void a_file_with_an_equals_sign_in_its_name_is_found() {
        assertThat(Sources.in(directory)
                        .war("a=b.war")
                        .flag(Settings.WARS, "a=b.war")
                        .config()
                        .wars())
                .containsExactly(new WarRef(directory.resolve("a=b.war"), ""));
    }

    @Test
    void a_missing_application_of_the_file_is_reported_with_its_line() {
        assertThat(Sources.in(directory)
                        .flag(Settings.WARS)
                        .toml("wars = [\n  \"no.war\",\n]")
                        .problems())
                .containsExactly("narwhal.toml:2: WAR no.war: no such file (working directory: " + directory + ").");
    }
}
