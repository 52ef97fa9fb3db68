package dev.narwhal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Http;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servlet 6.1, chapter 8 (annotations and pluggability) and §14.4, as a running application sees it. Nothing of it depends on the thread that a
 * request runs on; how descriptors are merged and ordered is in the tests of the module that does it.
 */
@ExtendWith(NarwhalExtension.class)
final class PluggabilityTest {

    @Test
    void clause_8_annotations_fragments_and_initializers_make_one_application(
            Narwhals narwhals, @TempDir Path directory) throws IOException {
        var first = fragment("first", "<ordering><after><name>second</name></after></ordering>", "First");
        var second = fragment("second", "<ordering><before><others/></before></ordering>", "Second");
        var war = Probe.classes("WEB-INF/classes/", "Plugged$Telling", "Plugged$Annotated", "Trace", "Plugged$SmallCod")
                .descriptor("""
                        <distributable/>
                        <servlet><servlet-name>annotated</servlet-name>
                          <servlet-class>dev.narwhal.conformance.app.Plugged$Telling</servlet-class>
                          <init-param><param-name>x</param-name><param-value>descriptor</param-value></init-param>
                          <init-param><param-name>z</param-name><param-value>descriptor</param-value></init-param>
                        </servlet>
                        <servlet><servlet-name>disabled</servlet-name>
                          <servlet-class>dev.narwhal.conformance.app.Plugged$Telling</servlet-class>
                          <load-on-startup>1</load-on-startup><enabled>false</enabled>
                        </servlet>
                        <servlet-mapping><servlet-name>disabled</servlet-name><url-pattern>/disabled</url-pattern></servlet-mapping>
                        """)
                .library("a-first.jar", first)
                .library("b-second.jar", second)
                .library(
                        "c-plain.jar",
                        Probe.classes(
                                        "",
                                        "Plugged",
                                        "Plugged$Kind",
                                        "Plugged$Cod",
                                        "Plugged$Restricted",
                                        "Plugged$Last")
                                .file(
                                        "META-INF/services/jakarta.servlet.ServletContainerInitializer",
                                        "dev.narwhal.conformance.app.Plugged # the one"))
                .write(directory.resolve("plugged.war"));
        var narwhal = narwhals.start("--workers=2", war);

        var annotated = Http.get(narwhal.port(), "/annotated/x").text().lines().toList();
        assertThat(annotated)
                .as("8.2.3: web.xml wins over the annotation, for each parameter")
                .contains("servlet annotated", "x descriptor", "y annotation", "z descriptor");
        assertThat(annotated)
                .as("8.2.4: what is handled and what is there already")
                .contains(
                        "types [Annotated, Cod, SmallCod]",
                        "ordered [b-second.jar, a-first.jar, c-plain.jar]",
                        "conflicts [/annotated/*][]",
                        "parameter truefalse",
                        "known truetruetrue");
        assertThat(annotated)
                .as("8.2.2, 8.2.3: the order of listeners; servlets afterwards, in their order")
                .containsSubsequence(
                        "listener annotated",
                        "listener second",
                        "listener first",
                        "listener restricted",
                        "listener last",
                        "init registered",
                        "init annotated")
                .doesNotContain("init disabled");
        assertThat(annotated)
                .as("4.4: a listener that was not declared may register nothing")
                .filteredOn(line -> line.startsWith("refused ") || line.startsWith("allowed "))
                .hasSize(18)
                .allMatch(line -> line.startsWith("refused "));

        var registered = Http.get(narwhal.port(), "/registered").text().lines().toList();
        assertThat(registered).contains("servlet registered", "x registered", "y null");
        assertThat(registered).contains("filters REQUEST:tracing REQUEST:before");
        assertThat(Http.get(narwhal.port(), "/fresh").status()).isEqualTo(404);
        assertThat(Http.get(narwhal.port(), "/disabled").status()).isEqualTo(404);

        var workers = narwhal.workers();
        assertThat(narwhal.stop()).isZero();
        for (long pid : workers) {
            assertThat(narwhal.log().text().lines().filter(line -> line.contains(pid + " ended ")))
                    .as("11.3.4: servlets first, then the listeners in reverse order")
                    .extracting(line -> line.replaceFirst(".* ended ", ""))
                    .endsWith("listener last", "listener first", "listener second", "listener annotated")
                    .filteredOn(line -> line.startsWith("servlet "))
                    .containsExactlyInAnyOrder("servlet annotated", "servlet registered");
        }
    }

    private static WarBuilder fragment(String name, String ordering, String listener) {
        return Probe.classes("", "Plugged$" + listener)
                .file("META-INF/web-fragment.xml", """
                <web-fragment xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1"><name>%s</name>%s
                  <listener><listener-class>dev.narwhal.conformance.app.Plugged$%s</listener-class></listener>
                </web-fragment>
                """.formatted(name, ordering, listener));
    }
}
