package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A page is compiled once: ahead of time, or by the first worker that is asked for it. */
@ExtendWith(NarwhalExtension.class)
final class PreparedPagesTest {

    @TempDir
    Path directory;

    private Launch launch(Object... arguments) {
        return Launch.of(arguments).with("NARWHAL_CACHE", directory.resolve("cache"));
    }

    @Test
    void a_page_is_compiled_once_for_all_workers_and_their_successors(Narwhals narwhals) throws Exception {
        var war = new WarBuilder()
                .file("index.jsp", "<%@ taglib prefix='t' tagdir='/WEB-INF/tags' %><t:hello/> ${1 + 1}")
                .file("late.jsp", "late ${2 + 2}")
                .file("WEB-INF/tags/hello.tag", "hello")
                .write(directory.resolve("once.war"));
        var prepared = launch("prepare", "--jsp", war).finish();
        assertThat(prepared.exitCode()).isZero();
        assertThat(prepared.out()).contains("prepared once.war in ").contains("compiled 2 pages of once.war in ");
        var before = compiled();
        assertThat(before.keySet())
                .contains("org/apache/jsp/index_jsp.class", "org/apache/jsp/tag/web/hello_tag.class");

        var narwhal =
                narwhals.startLaunch(Launch.run("--workers=2", war).with("NARWHAL_CACHE", directory.resolve("cache")));
        for (int request = 0; request < 10; request++) {
            assertThat(Http.get(narwhal.port(), "/").text()).isEqualTo("hello 2");
            assertThat(Http.get(narwhal.port(), "/late.jsp").text()).isEqualTo("late 4");
        }
        narwhal.kill9(narwhal.workers().getFirst());
        narwhal.awaitWorkers(2, Duration.ofSeconds(30));
        for (int request = 0; request < 10; request++) {
            assertThat(Http.get(narwhal.port(), "/").text()).isEqualTo("hello 2");
        }

        assertThat(compiled()).isEqualTo(before);
        assertThat(launch("prepare", "--jsp", war).finish().exitCode()).isZero();
        assertThat(compiled()).isEqualTo(before);
    }

    /** The files with the time at which their metadata changed last, which nobody can set. */
    private Map<String, FileTime> compiled() throws IOException {
        var files = new TreeMap<String, FileTime>();
        try (var all = Files.walk(directory.resolve("cache"))) {
            for (var file :
                    all.filter(each -> each.toString().endsWith(".class")).toList()) {
                files.put(file.toString().replaceFirst(".*/pages/", ""), (FileTime)
                        Files.getAttribute(file, "unix:ctime"));
            }
        }
        return files;
    }

    /** As Tomcat's build tasks do it: the page is a class of the WAR, and its source is not there. */
    @Test
    void a_page_that_was_compiled_elsewhere_is_a_servlet(Narwhals narwhals) throws Exception {
        var source = new WarBuilder().file("index.jsp", "compiled ${1 + 1}").write(directory.resolve("source.war"));
        assertThat(launch("prepare", "--jsp", source).finish().exitCode()).isZero();
        var war = new WarBuilder()
                .descriptor("""
                        <servlet>
                          <servlet-name>page</servlet-name>
                          <servlet-class>org.apache.jsp.index_jsp</servlet-class>
                        </servlet>
                        <servlet-mapping><servlet-name>page</servlet-name><url-pattern>/index.jsp</url-pattern></servlet-mapping>
                        """)
                .file(
                        "WEB-INF/classes/org/apache/jsp/index_jsp.class",
                        Files.readAllBytes(classFile("index_jsp.class")))
                .write(directory.resolve("compiled.war"));

        var narwhal = narwhals.startLaunch(Launch.run(war).with("NARWHAL_CACHE", directory.resolve("cache")));

        assertThat(Http.get(narwhal.port(), "/index.jsp").text()).isEqualTo("compiled 2");
    }

    private Path classFile(String name) throws IOException {
        try (var all = Files.walk(directory.resolve("cache"))) {
            return all.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    @Test
    void prepare_reports_every_page_that_cannot_be_compiled_with_its_source() {
        var war = new WarBuilder()
                .file("good.jsp", "good")
                .file("broken.jsp", "<p>one</p>\n<% int x = \"a\"; %>\n<p>three</p>\n")
                .file("unclosed.jsp", "one\n${ \n")
                .file("unknown.jsp", "one\n<%@ taglib prefix='u' uri='urn:unknown' %>\n")
                .write(directory.resolve("broken.war"));

        var finished = launch("prepare", "--jsp", war).finish();

        assertThat(finished.exitCode()).isEqualTo(4);
        assertThat(finished.err())
                .contains(
                        "narwhal: compiling /broken.jsp:2: Type mismatch: cannot convert from String to int",
                        "    2: <% int x = \"a\"; %>",
                        "narwhal: compiling /unclosed.jsp:2: ",
                        "    2: ${",
                        "narwhal: compiling /unknown.jsp: The absolute uri: [urn:unknown] cannot be resolved",
                        "narwhal: 3 of 4 pages of broken.war cannot be compiled.");
        assertThat(finished.out()).contains("compiled 1 pages of broken.war");
        assertThat(finished.output().lines()).noneMatch(LogLines.STACK_FRAME.asPredicate());
    }

    @Test
    void a_page_of_an_exploded_directory_may_be_edited(Narwhals narwhals) throws Exception {
        var exploded = new WarBuilder().file("index.jsp", "first").explode(directory.resolve("exploded"));
        var narwhal = narwhals.startLaunch(
                Launch.run("--workers=2", exploded).with("NARWHAL_CACHE", directory.resolve("cache")));
        assertThat(Http.get(narwhal.port(), "/").text()).isEqualTo("first");

        Files.writeString(exploded.resolve("index.jsp"), "second");
        Await.until(
                "the edited page from each worker",
                Duration.ofSeconds(30),
                () -> IntStream.range(0, 6)
                        .allMatch(_ -> Rest.client(narwhal).get("/").asString().equals("second")));
    }
}
