package dev.narwhal.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.legacy.Calls;
import dev.narwhal.migration.App.Jar;
import dev.narwhal.migration.app.Calling;
import dev.narwhal.migration.app.CallingPages;
import dev.narwhal.migration.app.NewServlet;
import dev.narwhal.migration.app.OldServlet;
import dev.narwhal.worker.migration.Kept;
import dev.narwhal.worker.war.WebAppClassLoader;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JakartaMigrationTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    /** What other applications use too. */
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path shared;

    @SuppressWarnings("NullAway.Init") // by open
    private App app;

    private final List<String> warnings = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void open() {
        app = new App(directory);
    }

    private void migrate() throws IOException {
        migrate(directory, NOW);
    }

    private void migrate(Path unpacked, Instant now) throws IOException {
        var kept = new Kept(shared.resolve("migrated"), "this build", now);
        new JakartaMigration().migrate(unpacked, "test.war", kept, progress::add, warnings::add);
    }

    @Test
    void pages_descriptors_and_lists_of_services_change_and_other_names_stay() throws Exception {
        app.file(
                        "page.jsp",
                        "<%@ page import=\"javax.servlet.http.Cookie, javax.xml.bind.JAXB, javax.sql.DataSource\" %>")
                .file("WEB-INF/tags.tld", "<tag-class>javax.servlet.jsp.jstl.core.ConditionalTagSupport</tag-class>")
                .file("script.js", "javax.servlet.Servlet")
                .file("WEB-INF/classes/META-INF/services/javax.servlet.ServletContainerInitializer", "a.B");

        migrate();

        assertThat(directory.resolve("page.jsp"))
                .hasContent(
                        "<%@ page import=\"jakarta.servlet.http.Cookie, javax.xml.bind.JAXB, javax.sql.DataSource\" %>");
        assertThat(directory.resolve("WEB-INF/tags.tld")).content().contains("jakarta.servlet.jsp.jstl.core");
        assertThat(directory.resolve("script.js")).hasContent("javax.servlet.Servlet");
        assertThat(directory.resolve("WEB-INF/classes/META-INF/services/jakarta.servlet.ServletContainerInitializer"))
                .hasContent("a.B");
        assertThat(warnings).isEmpty();
    }

    @Test
    void libraries_and_the_files_beside_them_are_migrated_at_the_same_time() throws Exception {
        var library = new App.Jar().file("META-INF/services/javax.servlet.ServletContainerInitializer", "a.B");
        for (int i = 0; i < 300; i++) {
            app.jar("lib" + i + ".jar", library)
                    .file("WEB-INF/lib/note" + i + ".txt", "a javax.servlet.Servlet")
                    .file("WEB-INF/classes/" + i + ".properties", "type = javax.servlet.Servlet");
        }

        migrate();

        assertThat(directory.resolve("WEB-INF/classes/299.properties")).hasContent("type = jakarta.servlet.Servlet");
        try (var files = Files.list(directory.resolve("WEB-INF/lib"))) {
            assertThat(files).hasSize(601).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    @Test
    void a_library_of_the_version_before_is_not_migrated_again() throws Exception {
        var library =
                new Jar().file("web.properties", "a = javax.servlet.Servlet").bytes();
        app.file("WEB-INF/lib/first.jar", library).jar("plain.jar", new Jar().file("a.properties", "b = c"));
        migrate();
        var next = new App(shared.resolve("next"))
                .file("WEB-INF/lib/renamed.jar", library)
                .jar("other.jar", new Jar().file("x", "y"));
        migrate(next.directory(), NOW.plus(Duration.ofDays(29)));
        var late = new App(shared.resolve("late")).file("WEB-INF/lib/again.jar", library);
        migrate(late.directory(), NOW.plus(Duration.ofDays(31)));

        var first = directory.resolve("WEB-INF/lib/first.jar");
        assertThat(Files.isSameFile(first, next.directory().resolve("WEB-INF/lib/renamed.jar")))
                .isTrue();
        assertThat(Files.isSameFile(first, late.directory().resolve("WEB-INF/lib/again.jar")))
                .isTrue();
        assertThat(read(late.directory().resolve("WEB-INF/lib/again.jar"), "web.properties"))
                .isEqualTo("a = jakarta.servlet.Servlet");
        try (var kept = Files.list(shared.resolve("migrated"))) { // plain.jar was not wanted for more than 30 days
            assertThat(kept.map(file -> file.getFileName().toString().replaceFirst(".*\\.", "")))
                    .containsExactlyInAnyOrder("jar", "txt", "txt");
        }
    }

    @Test
    void it_is_migrated_again_when_what_its_classes_extend_has_changed() throws Exception {
        var library = new Jar().classes(Calling.class).bytes();
        app.file("WEB-INF/lib/calling.jar", library);
        migrate();
        var note = note();
        var same = new App(shared.resolve("same")).file("WEB-INF/lib/calling.jar", library);
        Files.writeString(note, "unchanged\njava/lang/Integer java/lang/Number\n");
        migrate(same.directory(), NOW);
        var other = new App(shared.resolve("other")).file("WEB-INF/lib/calling.jar", library);
        Files.writeString(note, "unchanged\njava/lang/Integer java/lang/Object\n");
        migrate(other.directory(), NOW);

        assertThat(same.directory().resolve("WEB-INF/lib/calling.jar")).hasBinaryContent(library);
        assertThat(Files.readAllBytes(other.directory().resolve("WEB-INF/lib/calling.jar")))
                .isEqualTo(Files.readAllBytes(directory.resolve("WEB-INF/lib/calling.jar")));
    }

    private Path note() throws IOException {
        try (var kept = Files.newDirectoryStream(shared.resolve("migrated"), "*.txt")) {
            return kept.iterator().next();
        }
    }

    private static String read(Path jar, String name) throws IOException {
        try (var zip = new ZipFile(jar.toFile());
                var in = zip.getInputStream(zip.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void code_in_pages_is_linked() throws Exception {
        app.file("old.jsp", """
                        <%@ page isThreadSafe="false" session="true" %>
                        <% response.setStatus(404, "none"); session . putValue("a", request.getRealPath("/")); %>
                        <%= session.getValueNames( ).length %> <%-- session.getValue("x") --%> session.getValue("y")
                        <% mine.response.encodeUrl("z"); application.getRealPath("/"); %>
                        """);

        migrate();

        assertThat(directory.resolve("old.jsp")).hasContent("""
                        <%@ page  session="true" %>
                        <% dev.narwhal.legacy.Calls.setStatus(response, 404, "none"); dev.narwhal.legacy.Calls.putValue(session, "a", dev.narwhal.legacy.Calls.getRealPath(request, "/")); %>
                        <%= dev.narwhal.legacy.Calls.getValueNames(session).length %> <%-- session.getValue("x") --%> session.getValue("y")
                        <% mine.response.encodeUrl("z"); application.getRealPath("/"); %>
                        """);
    }

    @Test
    void a_library_without_anything_to_change_stays_as_it_is_signature_and_all() throws Exception {
        var untouched = new Jar()
                .file("META-INF/SIGNED.SF", "x")
                .classes(NewServlet.class)
                .bytes();
        app.file("WEB-INF/lib/a.jar", untouched);

        migrate();

        assertThat(directory.resolve("WEB-INF/lib/a.jar")).hasBinaryContent(untouched);
    }

    @Test
    void a_library_that_changes_loses_its_signature_and_keeps_the_rest() throws Exception {
        app.jar(
                "a.jar",
                new Jar()
                        .file("META-INF/MANIFEST.MF", """
                                Manifest-Version: 1.0
                                Multi-Release: true
                                Implementation-Version: 1.2

                                Name: a.txt
                                SHA-256-Digest: abc

                                """)
                        .file("META-INF/SIGNED.SF", "x")
                        .file("META-INF/SIGNED.RSA", "x")
                        .file("META-INF/services/javax.servlet.ServletContainerInitializer", "a.Old")
                        .file("META-INF/services/jakarta.servlet.ServletContainerInitializer", "a.New")
                        .file("META-INF/versions/11/" + App.path(OldServlet.class), App.bytes(OldServlet.class))
                        .file("a.txt", "kept")
                        .file("inner.jar", new Jar().classes(OldServlet.class).bytes())
                        .classes(OldServlet.class));

        migrate();

        try (var jar = new ZipFile(directory.resolve("WEB-INF/lib/a.jar").toFile())) {
            assertThat(Collections.list(jar.entries()))
                    .extracting(ZipEntry::getName)
                    .contains("a.txt", "META-INF/services/jakarta.servlet.ServletContainerInitializer")
                    .noneMatch(name -> name.contains("SIGNED") || name.contains("javax"));
            assertThat(text(jar, "META-INF/MANIFEST.MF"))
                    .contains("Multi-Release: true")
                    .doesNotContain("Digest");
            assertThat(text(jar, "META-INF/services/jakarta.servlet.ServletContainerInitializer"))
                    .isEqualTo("a.Old\na.New");
            assertThat(text(jar, App.path(OldServlet.class)))
                    .contains("jakarta/servlet")
                    .doesNotContain("javax/servlet");
            assertThat(text(jar, "META-INF/versions/11/" + App.path(OldServlet.class)))
                    .contains("jakarta/servlet");
        }
    }

    private static String text(ZipFile jar, String name) throws IOException {
        return new String(AppClasses.read(jar, jar.getEntry(name)), StandardCharsets.ISO_8859_1);
    }

    @Test
    void what_cannot_be_understood_stays_and_is_told() throws Exception {
        var broken = "cafe javax/servlet/Servlet".getBytes(StandardCharsets.US_ASCII);
        app.file("WEB-INF/classes/Broken.class", broken).file("WEB-INF/lib/broken.jar", "no zip");

        migrate();

        assertThat(directory.resolve("WEB-INF/classes/Broken.class")).hasBinaryContent(broken);
        assertThat(directory.resolve("WEB-INF/lib/broken.jar")).hasContent("no zip");
        assertThat(warnings).singleElement().asString().contains("Broken.class", "It stays as it is");
    }

    @Test
    void calls_of_removed_methods_find_equivalents() throws Exception {
        app.classes(Calling.class).classes(Calling.class.getDeclaredClasses());
        migrate();
        var seen = new ArrayList<String>();
        var context = fake(ServletContext.class, seen, Map.of("getRealPath", "/real"));
        var response =
                fake(HttpServletResponse.class, seen, Map.of("encodeURL", "url", "encodeRedirectURL", "redirect"));
        var request = fake(
                HttpServletRequest.class,
                seen,
                Map.of("isRequestedSessionIdFromURL", true, "getServletContext", context));

        try (var loader = loader()) {
            var calling = loader.loadClass(Calling.class.getName());
            calling.getMethod("setStatus", HttpServletResponse.class).invoke(null, response);
            calling.getMethod("setLouderStatus", HttpServletResponse.class).invoke(null, response);
            assertThat(calling.getMethod("encode", HttpServletResponse.class).invoke(null, response))
                    .isEqualTo("url url?shouting redirect");
            assertThat(calling.getMethod("reference", HttpServletResponse.class).invoke(null, response))
                    .isEqualTo("url redirect redirect");
            assertThat(calling.getMethod("request", HttpServletRequest.class).invoke(null, request))
                    .isEqualTo("/real true");
            assertThat(calling.getMethod("context", ServletContext.class).invoke(null, context))
                    .isEqualTo("null false");
            assertThat(calling.getMethod("unavailable").invoke(null)).isEqualTo("for good true closed 7 null");
        }

        assertThat(seen)
                .contains("setStatus[404]", "setStatus[412]", "log[why, java.lang.IllegalStateException: what]");
        assertThat(warnings).isEmpty();
    }

    @Test
    void calls_of_removed_methods_of_pages_find_equivalents() throws Exception {
        app.classes(CallingPages.class).classes(CallingPages.class.getDeclaredClasses());

        migrate();

        try (var loader = loader()) {
            var calling = loader.loadClass(CallingPages.class.getName());
            assertThat(calling.getMethod("causes").invoke(null)).isEqualTo("what odd what");
            assertThat(calling.getMethod("descriptors").invoke(null)).isEqualTo("null true");
        }
    }

    @Test
    void removed_types_are_the_applications_own_and_not_the_servers() throws Exception {
        migrate();

        try (var loader = loader()) {
            for (var name : List.of("SingleThreadModel", "http.HttpSessionContext", "http.HttpUtils")) {
                assertThat(loader.loadClass("jakarta.servlet." + name).getClassLoader())
                        .isSameAs(loader);
            }
            assertThat(loader.loadClass(Calls.class.getName())).isNotSameAs(Calls.class);
        }
    }

    private WebAppClassLoader loader() throws IOException {
        var classPath = new ArrayList<>(List.of(directory.resolve("WEB-INF/classes")));
        try (var jars = Files.list(directory.resolve("WEB-INF/lib"))) {
            classPath.addAll(jars.toList());
        }
        return WebAppClassLoader.create(classPath, HttpServletRequest.class.getClassLoader());
    }

    /** Notes what is called and answers from a map. */
    private static <T> T fake(Class<T> type, List<String> seen, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    seen.add(method.getName() + (arguments == null ? "" : Arrays.toString(arguments)));
                    return answers.get(method.getName());
                }));
    }
}
