package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.behaviour.app.Forgotten;
import dev.narwhal.behaviour.app.Habits;
import dev.narwhal.behaviour.app.SharedInitializer;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no specification asks for and applications count on, found with real ones: as Tomcat 11 does it. */
@EachDispatch
final class TomcatHabitsTest {

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path directory) {
        var war = new WarBuilder()
                .descriptor(servlet("ghost", "com.example.Ghost", "/ghost")
                        + servlet("orphan", Forgotten.Child.class.getName(), "/orphan"))
                .classes(Habits.class)
                .file(
                        "WEB-INF/classes/" + Forgotten.Child.class.getName().replace('.', '/') + ".class",
                        WarBuilder.bytes(Forgotten.Child.class))
                .file(
                        "WEB-INF/classes/META-INF/services/" + Habits.Services.Knot.class.getName(),
                        Habits.Services.Reef.class.getName())
                .file("folder/page.jsp", "a page")
                .file("WEB-INF/added.jsp", "added ${1 + 1} <jsp:include page='/folder/page.jsp'/>")
                .file("shared.jsp", "<%@ taglib prefix='s' uri='urn:shared' %><s:boxed>${shared}</s:boxed>")
                .file("WEB-INF/lib/weld.jar", foreign().toBytes())
                .file("script.js", "1")
                .file("font.woff2", "1")
                .file("app.webmanifest", "{}")
                .file("README", "1")
                .file("data.unheard-of", "1");
        var library = new WarBuilder()
                .jarClasses(SharedInitializer.class)
                .file(
                        "META-INF/services/jakarta.servlet.ServletContainerInitializer",
                        SharedInitializer.class.getName())
                .file("META-INF/shared.tld", """
                        <taglib xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0">
                          <tlib-version>1</tlib-version><short-name>shared</short-name><uri>urn:shared</uri>
                          <tag-file><name>boxed</name><path>/META-INF/tags/boxed.tag</path></tag-file>
                        </taglib>
                        """)
                .file("META-INF/tags/boxed.tag", "[<jsp:doBody/>]");
        narwhal = narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=2",
                "--lib=" + library.write(directory.resolve("shared.jar")),
                war.write(directory.resolve("habits.war")) + "=/");
    }

    private static String servlet(String name, String type, String path) {
        return """
                <servlet><servlet-name>%1$s</servlet-name><servlet-class>%2$s</servlet-class><load-on-startup>1</load-on-startup></servlet>
                <servlet-mapping><servlet-name>%1$s</servlet-name><url-pattern>%3$s</url-pattern></servlet-mapping>
                """.formatted(name, type, path);
    }

    /** As Weld has it: a library that knows many servers offers itself to this one in its own way. */
    private static WarBuilder foreign() {
        return new WarBuilder().file("META-INF/services/io.undertow.servlet.ServletExtension", "org.example.Extension");
    }

    @Test
    void shared_libraries_have_initializers_and_tag_libraries() throws IOException {
        assertThat(get("/shared.jsp")).isEqualTo("[[" + Habits.Front.class + "]]");
    }

    @ParameterizedTest
    @CsvSource({
        "/,                 /",
        "/folder,           /folder",
        "/folder/,          /folder/",
        "/folder/page.jsp,  /folder/page.jsp",
        "folder/,           /folder/",
    })
    void the_real_path_of_a_directory_has_the_slash_that_was_asked_with(String path, String real) throws IOException {
        assertThat(get("/real?path=" + path)).isEqualTo(real);
    }

    @Test
    void services_are_found_and_the_jdk_s_log_is_kept_whichever_thread_it_is() throws IOException {
        assertThat(get("/services")).isEqualTo("request Reef, task Reef, platform Reef, virtual Reef");
        narwhal.awaitLog(Pattern.compile("WARN.*tied with the JDK's log"));
    }

    @Test
    void a_page_that_code_adds_is_served_and_includes_others() throws IOException {
        assertThat(get("/added")).isEqualTo("added 2 a page");
        assertThat(get("/folder/page.jsp")).isEqualTo("a page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/two-threads", "/two-threads?flush"})
    void two_threads_may_write_to_one_response(String path) throws IOException {
        var lines = get(path).lines().toList();

        assertThat(lines).hasSize(4001).startsWith("start");
        assertThat(lines.subList(1, 4001)).containsOnly("a".repeat(50), "b".repeat(50));
    }

    @Test
    void a_head_that_a_servlet_says_no_length_for_has_none() throws IOException {
        try (var http = Http.connect(narwhal.port())) {
            assertThat(head(http, "/head").header("Content-Length")).isEmpty();
            assertThat(head(http, "/head?length=0").header("Content-Length")).hasValue("0");
            assertThat(head(http, "/head?length=6").header("Content-Length")).hasValue("6");
            assertThat(head(http, "/real?path=/folder").header("Content-Length"))
                    .hasValue("7");
        }
    }

    private static Response head(Http http, String path) throws IOException {
        return http.send("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .response(false);
    }

    @Test
    void a_filter_may_forward_the_root_elsewhere() throws IOException {
        assertThat(get("/")).isEqualTo("front /front/");
    }

    @Test
    void a_listener_that_is_none_is_left_out_with_a_warning() {
        assertThat(narwhal.log().text()).contains("the listener " + Habits.ForAsync.class.getName() + " is of no kind");
    }

    @ParameterizedTest
    @CsvSource({"ghost, com.example.Ghost", "orphan, Forgotten$Child"})
    void a_servlet_whose_class_is_missing_answers_404_and_the_rest_is_served(String name, String type)
            throws IOException {
        assertThat(Http.get(narwhal.port(), "/" + name).status()).isEqualTo(404);
        assertThat(narwhal.log().text()).containsPattern("WARN .*" + Pattern.quote(type) + " of servlet '" + name);
    }

    @ParameterizedTest
    @CsvSource({"/script.js, text/javascript", "/font.woff2, font/woff2", "/app.webmanifest, application/manifest+json"
    })
    void files_have_the_types_of_today(String path, String type) throws IOException {
        assertThat(Http.get(narwhal.port(), path).header("Content-Type"))
                .hasValueSatisfying(header -> assertThat(header).startsWith(type));
    }

    @ParameterizedTest
    @CsvSource({"/README", "/data.unheard-of"})
    void a_file_of_an_unknown_kind_has_no_type(String path) throws IOException {
        assertThat(Http.get(narwhal.port(), path).header("Content-Type")).isEmpty();
    }

    private String get(String path) throws IOException {
        return Http.get(narwhal.port(), path).text();
    }
}
