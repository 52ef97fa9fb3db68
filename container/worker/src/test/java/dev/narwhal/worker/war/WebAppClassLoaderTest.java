package dev.narwhal.worker.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.worker.Archive;
import java.io.IOException;
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
