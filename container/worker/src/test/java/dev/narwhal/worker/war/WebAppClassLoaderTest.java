package dev.narwhal.worker.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.worker.Archive;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAppClassLoaderTest {

    private static final ClassLoader SERVER = WebAppClassLoaderTest.class.getClassLoader();

    @TempDir
    private Path directory;

    private WebAppClassLoader loader;

    @BeforeEach
    void open() throws Exception {
        Archive.jar()
                .source("App", "public class App extends jakarta.servlet.http.HttpServlet {}")
                .file("where.txt", "classes")
                .explodeTo(directory.resolve("classes"));
        Archive.jar()
                .source(
                        "Gson",
                        "package com.google.gson; public class Gson { public String toString() { return \"WAR's\"; } }")
                .source("Servlet", "package jakarta.servlet; public interface Servlet {}")
                .source("Fmt", "package jakarta.servlet.jsp.jstl.fmt; public class Fmt {}")
                .file("META-INF/services/jakarta.servlet.ServletContainerInitializer", "App")
                .file("where.txt", "jar")
                .writeTo(directory.resolve("lib.jar"));
        loader = WebAppClassLoader.create(List.of(directory.resolve("classes"), directory.resolve("lib.jar")), SERVER);
    }

    @AfterEach
    void close() throws Exception {
        loader.close();
    }

    @Test
    void the_application_has_its_own_version_of_a_library_of_the_server() throws Exception {
        var type = loader.loadClass("com.google.gson.Gson");

        assertThat(type.getClassLoader()).isSameAs(loader);
        assertThat(type.getDeclaredConstructor().newInstance()).hasToString("WAR's");
    }

    @Test
    void the_servlet_api_is_the_servers_even_if_the_application_has_a_copy() throws Exception {
        assertThat(loader.loadClass("jakarta.servlet.Servlet")).isSameAs(jakarta.servlet.Servlet.class);
        assertThat(jakarta.servlet.Servlet.class.isAssignableFrom(loader.loadClass("App")))
                .isTrue();
    }

    @Test
    void an_api_that_the_server_lacks_comes_from_the_application() throws Exception {
        assertThat(loader.loadClass("jakarta.servlet.jsp.jstl.fmt.Fmt").getClassLoader())
                .isSameAs(loader);
    }

    /** The server of this test has none of them; what it has, the behaviour tests see. */
    @ParameterizedTest
    @ValueSource(strings = {"org.apache.el.ExpressionFactoryImpl", "org.apache.jasper.runtime.HttpJspBase"})
    void what_the_server_stands_in_for_may_come_from_the_application(String name) throws Exception {
        assertThatThrownBy(() -> loader.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
        int dot = name.lastIndexOf('.');
        var simple = name.substring(dot + 1);
        Archive.jar()
                .source(simple, "package %s; public class %s {}".formatted(name.substring(0, dot), simple))
                .writeTo(directory.resolve("own.jar"));
        try (var own = WebAppClassLoader.create(List.of(directory.resolve("own.jar")), SERVER)) {
            assertThat(own.loadClass(name).getClassLoader()).isSameAs(own);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ch.qos.logback.classic.Logger",
                "org.slf4j.Logger",
                "org.jboss.jandex.Index",
                "org.jboss.metadata.web.spec.WebMetaData",
                "org.jboss.logging.Logger",
                "dev.narwhal.worker.war.WebApp",
                "dev.narwhal.contract.ExitCode"
            })
    void nothing_else_of_the_server_is_visible(String name) {
        assertThatThrownBy(() -> loader.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
        assertThat(loader.getResource(name.replace('.', '/') + ".class")).isNull();
    }

    @Test
    void the_services_of_the_server_are_hidden() throws Exception {
        var service = "META-INF/services/jakarta.servlet.ServletContainerInitializer";

        assertThat(SERVER.getResource(service)).as("Logback has one").isNotNull();
        assertThat(Collections.list(loader.getResources(service)))
                .singleElement()
                .asString()
                .contains("lib.jar");
        assertThat(loader.getResource("META-INF/services/org.slf4j.spi.SLF4JServiceProvider"))
                .isNull();
    }

    @Test
    void the_jdk_is_visible() throws Exception {
        assertThat(loader.loadClass("java.sql.Connection")).isSameAs(Class.forName("java.sql.Connection"));
        assertThat(loader.loadClass("com.sun.net.httpserver.HttpServer")
                        .getModule()
                        .getName())
                .isEqualTo("jdk.httpserver");
        assertThat(loader.getResource("java/lang/Object.class")).isNotNull();
        assertThatThrownBy(() -> loader.loadClass("java.lang.Missing")).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void resources_are_found_in_the_classes_before_the_jars() throws Exception {
        try (var in = loader.getResourceAsStream("where.txt")) {
            assertThat(in).hasContent("classes");
        }
        assertThat(Collections.list(loader.getResources("where.txt"))).hasSize(2);
        assertThat(loader.getResource("jakarta/servlet/LocalStrings.properties"))
                .isNotNull();
    }

    @Test
    void the_class_path_in_a_manifest_is_ignored() throws Exception {
        Archive.jar().source("Beside", "public class Beside {}").writeTo(directory.resolve("beside.jar"));
        Archive.jar()
                .file("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nClass-Path: beside.jar\n\n")
                .source("Inside", "public class Inside {}")
                .writeTo(directory.resolve("inside.jar"));
        try (var own = WebAppClassLoader.create(List.of(directory.resolve("inside.jar")), SERVER)) {
            assertThat(own.loadClass("Inside")).isNotNull();
            assertThatThrownBy(() -> own.loadClass("Beside")).isInstanceOf(ClassNotFoundException.class);
            assertThat(own.getResource("Beside.class")).isNull();
        }
    }

    @Test
    void a_jar_for_several_versions_of_java_shows_the_newest_that_fits() throws Exception {
        Archive.jar()
                .file("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMulti-Release: true\n\n")
                .file("text.txt", "old")
                .file("META-INF/versions/21/text.txt", "new")
                .file("META-INF/versions/9999/text.txt", "too new")
                .writeTo(directory.resolve("versions.jar"));
        try (var own = WebAppClassLoader.create(List.of(directory.resolve("versions.jar")), SERVER)) {
            try (var in = own.getResourceAsStream("text.txt")) {
                assertThat(in).hasContent("new");
            }
            assertThat(own.getResource("text.txt")).asString().endsWith("!/META-INF/versions/21/text.txt");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b/c.txt", "ä/ö%20ü.txt", "Outer$Inner.txt", "x#y?z.txt", "plus+semi;.txt"})
    void a_resource_of_any_name_can_be_read_through_its_url(String name) throws Exception {
        Archive.jar().file(name, "text").explodeTo(directory.resolve("folder"));
        Archive.jar().file(name, "text").writeTo(directory.resolve("a jar.jar"));
        var places = List.of(directory.resolve("folder"), directory.resolve("a jar.jar"));
        try (var own = WebAppClassLoader.create(places, SERVER);
                var asTheJdk = new URLClassLoader(own.getURLs(), null)) {
            var found = Collections.list(own.getResources(name));
            assertThat(found).hasSize(2).isEqualTo(Collections.list(asTheJdk.getResources(name)));
            for (var url : found) {
                assertThat(url.openStream()).hasContent("text");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.txt", "sub/../../secret.txt", "/secret.txt", "a\0b", ""})
    void a_name_leads_nowhere_outside(String name) throws Exception {
        Files.writeString(directory.resolve("secret.txt"), "secret");
        Archive.jar().file("sub/file.txt", "text").explodeTo(directory.resolve("folder"));
        try (var own = WebAppClassLoader.create(List.of(directory.resolve("folder")), SERVER)) {
            assertThat(own.findResource(name))
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            itself -> assertThat(itself).asString().endsWith("/folder/"));
        }
    }

    @Test
    void a_directory_is_found_with_and_without_the_slash_at_its_end() throws Exception {
        Archive.jar().file("pages/a.txt", "text").explodeTo(directory.resolve("folder"));
        try (var own = WebAppClassLoader.create(List.of(directory.resolve("folder")), SERVER)) {
            assertThat(own.getResource("pages/")).asString().endsWith("/folder/pages/");
            assertThat(own.getResource("pages")).asString().endsWith("/folder/pages");
        }
    }

    @Test
    void a_class_knows_its_jar_and_its_package_the_manifest() throws Exception {
        Archive.jar()
                .file("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nImplementation-Version: 7\n\n")
                .source("Named", "package named; public class Named {}")
                .writeTo(directory.resolve("named.jar"));
        try (var own = WebAppClassLoader.create(List.of(directory.resolve("named.jar")), SERVER)) {
            var type = own.loadClass("named.Named");
            assertThat(type.getPackage().getImplementationVersion()).isEqualTo("7");
            assertThat(type.getProtectionDomain().getCodeSource().getLocation())
                    .isEqualTo(directory.resolve("named.jar").toUri().toURL());
        }
    }

    @Test
    void closing_releases_the_jars() throws Exception {
        loader.loadClass("com.google.gson.Gson");
        var jar = directory.resolve("lib.jar").toRealPath();
        assertThat(openFiles()).contains(jar);

        loader.close();

        assertThat(openFiles()).doesNotContain(jar);
    }

    @Test
    void it_loads_in_parallel() {
        assertThat(loader.isRegisteredAsParallelCapable()).isTrue();
    }

    private static List<Path> openFiles() throws Exception {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(Files::isRegularFile)
                    .map(WebAppClassLoaderTest::target)
                    .toList();
        }
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException _) {
            return link; // closed meanwhile
        }
    }
}
