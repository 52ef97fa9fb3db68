package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.behaviour.app.ObstinateInitializer;
import dev.narwhal.behaviour.app.Stuck;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WARs that mean harm, or do it: each is one clear error, and a master that serves something goes on with it. */
@ExtendWith(NarwhalExtension.class)
final class HostileWarTest {

    private static final int DEPLOY = 4;
    private static final int BOOT = 3;

    @TempDir
    Path directory;

    @Test
    void a_zip_bomb_is_refused_and_the_old_release_goes_on(Narwhals narwhals) throws IOException {
        var war = new WarBuilder().file("index.html", "harmless").write(directory.resolve("app.war"));
        var narwhal =
                narwhals.startLaunch(Launch.run("--workers=2", war).with("NARWHAL_CACHE", directory.resolve("cache")));

        bomb(war);
        narwhal.signal("HUP");

        narwhal.awaitLog(
                Pattern.compile("unpacking app.war: it unpacks to more than 256 MiB, which is out of proportion"));
        assertThat(Http.get(narwhal.port(), "/").text()).isEqualTo("harmless");
        assertThat(directory.resolve("cache")).isDirectoryNotContaining("regex:.*bomb.*");
    }

    /** 300 MiB of nothing in 300 KiB. */
    private static void bomb(Path war) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(war))) {
            zip.putNextEntry(new ZipEntry("bomb"));
            var mebibyte = new byte[1 << 20];
            for (int i = 0; i < 300; i++) {
                zip.write(mebibyte);
            }
        }
    }

    @Test
    void too_many_entries_are_refused() throws IOException {
        var war = directory.resolve("many.war");
        try (var zip = new ZipOutputStream(Files.newOutputStream(war))) {
            for (int i = 0; i <= 100_000; i++) {
                zip.putNextEntry(new ZipEntry("f" + i));
            }
        }

        assertRefused(war, DEPLOY, "many.war: it has 100,001 entries, and 100,000 are allowed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!ENTITY x SYSTEM 'file:%s'> | &x;",
                "<!ENTITY x SYSTEM 'http://127.0.0.1:%s/x'> | &x;",
                "<!ENTITY %% x SYSTEM 'http://127.0.0.1:%s/x'> %%x; | harmless"
            })
    void an_external_entity_is_never_resolved(String entity, String text) throws IOException {
        var secret = Files.writeString(directory.resolve("secret"), "top secret");
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(1);
            var target = entity.contains("file:") ? secret.toString() : Integer.toString(listener.getLocalPort());
            var war = new WarBuilder()
                    .webXml("""
                            <?xml version="1.0" encoding="UTF-8"?>
                            <!DOCTYPE web-app [%s]>
                            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                              <display-name>%s</display-name>
                            </web-app>
                            """.formatted(entity.formatted(target), text))
                    .write(directory.resolve("entity.war"));

            var inspected = Launch.of("inspect", war).finish();

            assertThat(inspected.exitCode()).isIn(0, DEPLOY);
            assertThat(inspected.output()).contains("entity.war").doesNotContain("top secret", "\tat ");
            assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void entities_that_multiply_are_refused() {
        var entities = new StringBuilder("<!ENTITY a0 'aaaaaaaaaa'>");
        for (int i = 1; i < 10; i++) {
            entities.append(
                    "<!ENTITY a%d '%s'>".formatted(i, "&a%d;".formatted(i - 1).repeat(10)));
        }
        var war = new WarBuilder()
                .webXml("<!DOCTYPE web-app [" + entities
                        + "]><web-app version=\"6.1\" xmlns=\"https://jakarta.ee/xml/ns/jakartaee\">"
                        + "<display-name>&a9;</display-name></web-app>")
                .write(directory.resolve("laughs.war"));

        assertRefused(war, DEPLOY, "laughs.war", "WEB-INF/web.xml", "entity");
    }

    @Test
    void fragments_that_each_want_to_be_first_are_refused() {
        var war = new WarBuilder()
                .library("a.jar", fragment("a", "b"))
                .library("b.jar", fragment("b", "a"))
                .write(directory.resolve("cycle.war"));

        assertRefused(war, DEPLOY, "cycle.war", "a.jar", "b.jar");
    }

    private static WarBuilder fragment(String name, String before) {
        return new WarBuilder().file("META-INF/web-fragment.xml", """
                <web-fragment xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                  <name>%s</name>
                  <ordering><before><name>%s</name></before></ordering>
                </web-fragment>
                """.formatted(name, before));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throw | 4 | IllegalStateException: I refuse",
                "exit | 3 | exited with code 0",
                "halt | 3 | exited with code 7",
                "wait | 3 | the initializer dev.narwhal.behaviour.app.ObstinateInitializer.onStartup has not returned"
            })
    void an_initializer_that_does_not_return_is_named(String deed, int code, String message) {
        assertRefused(obstinate(deed), code, message, deed.equals("wait") ? "CountDownLatch.await" : "");
    }

    @Test
    void a_release_whose_initializer_ends_the_jvm_is_refused(@TempDir Path home, Narwhals narwhals) throws IOException {
        var war = home.resolve("app.war");
        Files.copy(obstinate("nothing"), war);
        var narwhal = narwhals.start("--workers=2", war);

        Files.move(obstinate("exit"), war, StandardCopyOption.REPLACE_EXISTING);
        narwhal.signal("HUP");

        narwhal.awaitLog(LogLines.RELOAD_REFUSED);
        narwhal.awaitLog(Pattern.compile("exited with code 0"));
        assertThat(Http.get(narwhal.port(), "/").text()).isEqualTo("nothing");
        assertThat(narwhal.readyWorkers()).hasSize(2);
    }

    /** Each in a server of its own, all at once, for they do nothing but wait; {@code BootWatchTest} has the other phases. */
    @Test
    void a_component_that_does_not_return_is_named() {
        var filter = "<filter><filter-name>stuck</filter-name><filter-class>%s</filter-class></filter>";
        var servlet = "<servlet><servlet-name>stuck</servlet-name><servlet-class>%s</servlet-class>"
                + "<load-on-startup>1</load-on-startup></servlet>";
        var refused = Stream.of(
                        refusing(filter, "Filtering", "the init method of the filter %s.init"),
                        refusing(servlet, "Injected", "the @PostConstruct method %s.prepare"),
                        refusing(servlet, "Starting", "the init method of the servlet %s.init"))
                .toList();
        refused.forEach(CompletableFuture::join);
    }

    private CompletableFuture<Void> refusing(String declaration, String name, String told) {
        var type = Stuck.class.getName() + "$" + name;
        var war = new WarBuilder()
                .descriptor(declaration.formatted(type))
                .classes(Stuck.class)
                .write(directory.resolve(name + ".war"));
        return CompletableFuture.runAsync(
                () -> assertRefused(
                        Launch.run("--workers=1", "--boot-timeout=30s", war),
                        BOOT,
                        told.formatted(type) + " has not returned",
                        "CountDownLatch.await",
                        "Stuck.forEver"),
                Thread::startVirtualThread);
    }

    private Path obstinate(String deed) {
        return new WarBuilder()
                .descriptor("<context-param><param-name>deed</param-name><param-value>" + deed
                        + "</param-value></context-param>")
                .file("index.html", deed)
                .file(
                        "WEB-INF/classes/META-INF/services/jakarta.servlet.ServletContainerInitializer",
                        ObstinateInitializer.class.getName())
                .classes(ObstinateInitializer.class)
                .write(directory.resolve(deed + ".war"));
    }

    private static void assertRefused(Path war, int code, String... told) {
        assertRefused(Launch.run("--workers=2", "--boot-timeout=15s", war), code, told);
    }

    private static void assertRefused(Launch launch, int code, String... told) {
        var refused = launch.finish();

        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(code);
        assertThat(refused.output()).contains(told).doesNotContain("\tat ");
    }
}
