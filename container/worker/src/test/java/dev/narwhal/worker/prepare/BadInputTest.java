package dev.narwhal.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.worker.Archive;
import dev.narwhal.worker.war.WarException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {

    private static final String SERVLET = "public class S extends jakarta.servlet.http.HttpServlet {}";

    @TempDir
    private Path directory;

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(directory);
    }

    static Stream<Arguments> files() {
        var war = Archive.war().file("index.html", "hello").bytes();
        var truncated = Arrays.copyOf(war, war.length - 30);
        return Stream.of(
                Arguments.of("no zip", "<html>".getBytes(StandardCharsets.UTF_8), "it is not a zip archive"),
                Arguments.of("empty", new byte[0], "it is empty"),
                Arguments.of("truncated", truncated, "unpacking test.war: the archive is truncated or damaged"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void files(String name, byte[] content, String expected) throws Exception {
        var file = Files.write(directory.resolve("test.war"), content);

        assertRefused(file, expected);
    }

    @Test
    void a_missing_file_is_named() throws Exception {
        assertRefused(directory.resolve("gone.war"), "gone.war: there is no such file");
    }

    static Stream<Arguments> wars() {
        return Stream.of(
                row(
                        "zip-slip",
                        Archive.war().file("../../evil.txt", "x"),
                        "the entry '../../evil.txt' has an unsafe name"),
                row(
                        "malformed web.xml",
                        Archive.war().file("WEB-INF/web.xml", "<web-app>\n  <servlet>\n  </servlets>\n</web-app>"),
                        "reading WEB-INF/web.xml:3:12 of test.war: "),
                row(
                        "malformed after the end",
                        Archive.war().file("WEB-INF/web.xml", "<web-app>\n</web-app>\n<more/>"),
                        "reading WEB-INF/web.xml:3:"),
                row(
                        "unknown element",
                        Archive.war().webXml("<listner/>"),
                        "reading WEB-INF/web.xml:2:",
                        "Unexpected element '{https://jakarta.ee/xml/ns/jakartaee}listner'"),
                row(
                        "unknown value",
                        Archive.war()
                                .webXml("<session-config><session-timeout>soon</session-timeout></session-config>"),
                        "reading WEB-INF/web.xml:2:"),
                row(
                        "servlet without name",
                        Archive.war().webXml("<servlet><servlet-class>S</servlet-class></servlet>"),
                        "reading WEB-INF/web.xml:2:"),
                row(
                        "other root",
                        Archive.war().file("WEB-INF/web.xml", "<html/>"),
                        "reading WEB-INF/web.xml:1:8 of test.war: the root element is <html>, not <web-app>"),
                row(
                        "malformed fragment",
                        Archive.war().lib("a.jar", jar -> jar.fragment("<name>")),
                        "reading a.jar!META-INF/web-fragment.xml:3:"),
                row(
                        "two servlets of one name",
                        Archive.war().webXml(servlet("s") + "\n" + servlet("s")),
                        "WEB-INF/web.xml:3:",
                        "the servlet 's' is declared a second time"),
                row(
                        "newer class",
                        Archive.war().file("WEB-INF/classes/a/S.class", newer("a/S.class")),
                        "reading WEB-INF/classes of test.war: the class a.S is compiled for Java 99 (class file version 143)"),
                row(
                        "newer class in a JAR",
                        Archive.war().lib("a.jar", jar -> jar.file("a/S.class", newer("a/S.class"))),
                        "reading WEB-INF/lib/a.jar of test.war: the class a.S is compiled for Java 99"),
                row(
                        "damaged JAR",
                        Archive.war().file("WEB-INF/lib/a.jar", "no jar"),
                        "a.jar of test.war: the archive is truncated or damaged"),
                row(
                        "missing filter class",
                        Archive.war()
                                .webXml(
                                        "<filter><filter-name>f</filter-name><filter-class>a.F</filter-class></filter>"),
                        "the class a.F of filter 'f' is not in WEB-INF/classes or in a JAR"),
                row(
                        "missing listener class",
                        Archive.war().webXml("<listener><listener-class>a.L</listener-class></listener>"),
                        "the class a.L of a listener is not in"),
                row(
                        "two servlets on one pattern",
                        Archive.war()
                                .source("S", SERVLET)
                                .webXml(servlet("one") + servlet("two") + mapping("one", "/x") + mapping("two", "/x")),
                        "the servlets 'one' and 'two' are both mapped to /x"),
                row(
                        "invalid pattern",
                        Archive.war().source("S", SERVLET).webXml(servlet("s") + mapping("s", "x/*")),
                        "the URL pattern 'x/*' of servlet 's' is invalid"),
                row(
                        "mapping of an unknown servlet",
                        Archive.war().webXml(mapping("s", "/x")),
                        "the servlet 's' is mapped but not declared"),
                row(
                        "mapping of an unknown filter",
                        Archive.war()
                                .webXml(
                                        "<filter-mapping><filter-name>f</filter-name><url-pattern>/*</url-pattern></filter-mapping>"),
                        "the filter 'f' is mapped to '/*' but not declared"),
                row(
                        "filter on an unknown servlet",
                        Archive.war().source("F", """
                                        @jakarta.servlet.annotation.WebFilter(filterName = "f", servletNames = "s")
                                        public abstract class F implements jakarta.servlet.Filter {}
                                        """),
                        "the filter 'f' is mapped to the servlet 's', which is not declared"),
                row(
                        "name that no cookie can have",
                        Archive.war()
                                .webXml(
                                        "<session-config><cookie-config><name>my session</name></cookie-config></session-config>"),
                        "the <cookie-config> has the name 'my session', which no cookie can have"),
                row(
                        "missing initializer",
                        Archive.war()
                                .lib(
                                        "a.jar",
                                        jar -> jar.file(
                                                "META-INF/services/jakarta.servlet.ServletContainerInitializer",
                                                "a.Init")),
                        "names a.Init, which is not in the WAR"),
                row(
                        "javax.servlet",
                        Archive.war().file("WEB-INF/classes/S.class", javax()).webXml(servlet("s")),
                        "is written for javax.servlet.GenericServlet (Java EE)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void wars(String name, Archive war, String[] expected) throws Exception {
        assertRefused(war.writeTo(directory.resolve("test.war")), expected);
    }

    @Test
    void a_filter_on_a_servlet_that_a_listener_may_register_is_only_warned_of() throws Exception {
        workshop.read(
                Archive.war()
                        .source("F", """
                                @jakarta.servlet.annotation.WebFilter(filterName = "f", servletNames = "s")
                                public abstract class F implements jakarta.servlet.Filter {}
                                """)
                        .source(
                                "L",
                                "@jakarta.servlet.annotation.WebListener public class L implements jakarta.servlet.ServletContextListener {}"));

        assertThat(workshop.report().warnings()).singleElement().asString().contains("servlet 's'");
    }

    @Test
    void a_missing_class_of_a_servlet_is_only_warned_of() throws Exception {
        var webApp = workshop.read(Archive.war().webXml(servlet("s") + mapping("s", "/x")));

        assertThat(workshop.report().warnings())
                .singleElement()
                .asString()
                .contains("the class S of servlet 's' is not in WEB-INF/classes or in a JAR", "404");
        assertThat(webApp.servlets()).hasSize(1);
    }

    @Test
    void a_file_that_only_looks_like_a_class_is_skipped_with_a_warning() throws Exception {
        workshop.read(Archive.war().lib("a.jar", jar -> jar.file("test/Data.class", "no class")));

        assertThat(workshop.report().warnings())
                .singleElement()
                .asString()
                .contains("test/Data.class in WEB-INF/lib/a.jar");
    }

    @Test
    void a_newer_class_that_is_only_for_a_newer_jdk_does_no_harm() throws Exception {
        var webApp = workshop.read(Archive.war()
                .lib(
                        "a.jar",
                        jar -> jar.file("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMulti-Release: true\n\n")
                                .file("META-INF/versions/99/a/S.class", newer("a/S.class"))));

        assertThat(webApp.layout().classPath()).hasSize(1);
    }

    private void assertRefused(Path war, String... expected) throws Exception {
        var preparer = workshop.preparer();

        var failure = catchThrowableOfType(WarException.class, () -> preparer.prepare(war, ""));

        assertThat(failure).hasMessageContainingAll(expected);
        assertThat(Objects.requireNonNull(failure).getMessage()).doesNotContain("\n");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.DEPLOY);
        try (var left = Files.list(workshop.cache())) {
            assertThat(left).as("what is left in the cache").isEmpty();
        }
        assertThat(directory.resolveSibling("evil.txt")).doesNotExist();
        assertThatThrownBy(() -> preparer.prepare(war, "")).hasMessage(failure.getMessage());
    }

    private static Arguments row(String name, Archive war, String... expected) {
        return Arguments.of(name, war, expected);
    }

    private static String servlet(String name) {
        return "<servlet><servlet-name>" + name + "</servlet-name><servlet-class>S</servlet-class></servlet>";
    }

    private static String mapping(String name, String pattern) {
        return "<servlet-mapping><servlet-name>" + name + "</servlet-name><url-pattern>" + pattern
                + "</url-pattern></servlet-mapping>";
    }

    private static byte[] newer(String name) {
        var bytes = Objects.requireNonNull(
                Archive.compile(Map.of("S", "package a; class S {}")).get(name));
        bytes[7] = (byte) (44 + 99);
        return bytes;
    }

    private static byte[] javax() {
        var classes = Archive.compile(Map.of(
                "GenericServlet",
                "package javax.servlet; public class GenericServlet {}",
                "S",
                "public class S extends javax.servlet.GenericServlet {}"));
        return Objects.requireNonNull(classes.get("S.class"));
    }
}
