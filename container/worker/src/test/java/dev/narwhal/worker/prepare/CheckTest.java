package dev.narwhal.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.narwhal.contract.CheckSpec;
import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.PrepareSpec;
import dev.narwhal.worker.Archive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code narwhal check} finds in applications, each made of one thing to be found. */
class CheckTest {

    private static final String SERVLET = "extends jakarta.servlet.http.HttpServlet";

    /** What deployed it said; most tests do not care. */
    private static final CheckSpec.Deployment READY = new CheckSpec.Deployment.Ready(12);

    @TempDir
    private Path directory;

    private record Checked(ExitCode code, String text, List<JsonObject> findings) {

        /** The one finding of a kind. */
        JsonObject one(String kind) {
            var some = all(kind);
            assertThat(some).as("%s in %s", kind, text).hasSize(1);
            return some.getFirst();
        }

        List<JsonObject> all(String kind) {
            return findings.stream()
                    .filter(finding -> finding.get("kind").getAsString().equals(kind))
                    .toList();
        }
    }

    private Checked check(Archive war, String... resources) throws IOException {
        return check(war, READY, List.of(resources));
    }

    private Checked check(Archive war, CheckSpec.Deployment deployment, List<String> resources) throws IOException {
        var file = war.writeTo(directory.resolve("app.war"));
        var text = new ByteArrayOutputStream();
        var code = run(file, deployment, resources, false, text);
        var json = new ByteArrayOutputStream();
        assertThat(run(file, deployment, resources, true, json)).isEqualTo(code);
        var findings = JsonParser.parseString(json.toString(StandardCharsets.UTF_8))
                .getAsJsonObject()
                .getAsJsonArray("findings");
        return new Checked(
                code,
                text.toString(StandardCharsets.UTF_8),
                StreamSupport.stream(findings.spliterator(), false)
                        .map(element -> element.getAsJsonObject())
                        .toList());
    }

    private ExitCode run(
            Path war,
            CheckSpec.Deployment deployment,
            List<String> resources,
            boolean json,
            ByteArrayOutputStream out) {
        var prepare = new PrepareSpec(
                List.of(new PrepareSpec.War(war, "")),
                directory.resolve("cache"),
                true,
                2,
                "warn",
                List.of(),
                resources);
        return CheckMain.run(
                new CheckSpec(prepare, deployment, json),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private static String text(JsonObject finding) {
        return finding.get("text").getAsString();
    }

    private static List<String> details(JsonObject finding) {
        var details = new ArrayList<String>();
        finding.getAsJsonArray("details").forEach(detail -> details.add(detail.getAsString()));
        return details;
    }

    private static String severity(JsonObject finding) {
        return finding.get("severity").getAsString();
    }

    /** Classes compiled together, of which the WAR gets only some. */
    private static Archive with(Archive archive, String folder, Map<String, String> sources, String... classes) {
        var compiled = Archive.compile(sources);
        for (var name : classes) {
            archive.file(folder + name + ".class", Objects.requireNonNull(compiled.get(name + ".class"), name));
        }
        return archive;
    }

    private static Archive own(Map<String, String> sources, String... classes) {
        return with(Archive.war(), "WEB-INF/classes/", sources, classes);
    }

    @Test
    void a_plain_application_is_without_problem() throws Exception {
        var checked = check(Archive.war()
                .webXml("<distributable/>")
                .source("S", "@jakarta.servlet.annotation.WebServlet(\"\") public class S " + SERVLET + " {}"));

        assertThat(checked.code()).isEqualTo(ExitCode.OK);
        assertThat(checked.text()).isEqualTo("""
                app.war

                Works:
                  - A worker deployed it in 12 ms: 1 servlet, 0 filters, 0 listeners, 0 JARs.
                  - It is marked <distributable/>, and nothing was found that speaks against several workers.

                0 problems, 0 warnings, 0 advice.
                """);
    }

    @Test
    void a_deployment_that_failed_is_a_problem() throws Exception {
        var checked = check(Archive.war(), new CheckSpec.Deployment.Failed("the listener = broken."), List.of());

        assertThat(checked.code()).isEqualTo(ExitCode.FINDINGS);
        assertThat(text(checked.one("refused"))).isEqualTo("It cannot be deployed: the listener = broken.");
    }

    @Test
    void an_api_that_nobody_provides_is_a_problem_of_the_class_that_uses_it() throws Exception {
        var checked = check(own(
                Map.of(
                        "EJB",
                                "package jakarta.ejb; @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) public @interface EJB {}",
                        "Valve", "package org.apache.catalina; public interface Valve {}",
                        "Old",
                                "public class Old implements org.apache.catalina.Valve { @jakarta.ejb.EJB Object orders; }"),
                "Old"));

        assertThat(checked.code()).isEqualTo(ExitCode.FINDINGS);
        assertThat(checked.all("missing-api").stream().map(CheckTest::details))
                .containsExactlyInAnyOrder(
                        List.of("Old (org.apache.catalina.Valve)"), List.of("Old (jakarta.ejb.EJB)"));
    }

    @Test
    void an_api_that_the_war_brings_is_none() throws Exception {
        var persistence = Map.of("Entity", "package jakarta.persistence; public class Entity {}");
        var war = own(
                        Map.of(
                                "Entity", "package jakarta.persistence; public class Entity {}",
                                "Ship", "public class Ship extends jakarta.persistence.Entity {}"),
                        "Ship")
                .lib("persistence.jar", jar -> persistence.forEach(jar::source));

        assertThat(check(war).all("missing-api")).isEmpty();
    }

    @Test
    void what_is_missing_is_told_of_the_application_and_summed_up_of_libraries() throws Exception {
        var sources = Map.of(
                "Rope", "package com.acme.rope; public class Rope { public static void pull() {} }",
                "Deck", "public class Deck { void work() { com.acme.rope.Rope.pull(); } }",
                "Mast", "public class Mast { void work() { com.acme.rope.Rope.pull(); } }");
        var checked = check(with(Archive.war(), "WEB-INF/classes/", sources, "Deck")
                .lib("mast.jar", jar -> with(jar, "", sources, "Mast")));

        assertThat(details(checked.one("missing-classes"))).containsExactly("com.acme.rope (Rope), used by Deck");
        assertThat(severity(checked.one("missing-classes"))).isEqualTo("warning");
        assertThat(details(checked.one("optional-classes"))).containsExactly("mast.jar: com.acme.rope (1)");
        assertThat(severity(checked.one("optional-classes"))).isEqualTo("advice");
    }

    private static Archive wantsOrders() {
        return Archive.war().webXml("""
                <resource-ref><res-ref-name>jdbc/orders</res-ref-name><res-type>javax.sql.DataSource</res-type></resource-ref>
                """).source("S", """
                public class S {
                    Object orders() throws Exception {
                        return new javax.naming.InitialContext().lookup("java:comp/env/jdbc/orders");
                    }
                    Object transaction() throws Exception {
                        return new javax.naming.InitialContext().lookup("java:comp/UserTransaction");
                    }
                }
                """);
    }

    @Test
    void a_resource_that_nobody_provides_is_a_problem_with_its_key() throws Exception {
        var checked = check(wantsOrders());

        assertThat(checked.one("no-such-resource").get("remedy").getAsString())
                .isEqualTo("Add [resources.\"jdbc/orders\"] to narwhal.toml.");
        assertThat(checked.code()).isEqualTo(ExitCode.FINDINGS);
        assertThat(checked.all("told")).isEmpty();
    }

    @Test
    void a_name_in_the_code_that_nobody_provides_is_a_warning() throws Exception {
        var checked = check(wantsOrders(), "jdbc/orders");

        assertThat(checked.all("no-such-resource")).isEmpty();
        assertThat(text(checked.one("unknown-name"))).contains("java:comp/UserTransaction");
        assertThat(details(checked.one("unknown-name"))).containsExactly("S");
    }

    @Test
    void values_of_a_session_that_cannot_be_stored_are_named() throws Exception {
        var checked = check(Archive.war().webXml("<distributable/>").source("Cart", """
                public class Cart {
                    static class Kept implements java.io.Serializable {}
                    void put(jakarta.servlet.http.HttpSession session, boolean twice, Object other, long much) {
                        session.setAttribute("new", new Cart());
                        session.setAttribute("kept", new Kept());
                        session.setAttribute("text", "text");
                        session.setAttribute("unknown", other);
                        session.setAttribute("list", new java.util.ArrayList<Object>());
                        Cart cart = new Cart();
                        Object made = twice ? much + 1 : new Thread();
                        if (twice) {
                            session.setAttribute("local", cart);
                        }
                        session.setAttribute("either", made);
                        session.setAttribute("thread", new Thread());
                    }
                }
                """));

        assertThat(details(checked.one("unserializable-values")))
                .containsExactly(
                        "new: Cart (Cart.put, line 4)",
                        "local: Cart (Cart.put, line 12)",
                        "thread: java.lang.Thread (Cart.put, line 15)");
        assertThat(severity(checked.one("distribution"))).isEqualTo("warning");
    }

    @Test
    void libraries_that_clash_or_are_useless_are_named() throws Exception {
        var same = Map.of("A", "package a; public class A {}");
        var other = Map.of("A", "package a; public class A { int more; }");
        var checked = check(Archive.war()
                .lib("one-1.0.jar", jar -> same.forEach(jar::source))
                .lib("one-1.1.jar", jar -> other.forEach(jar::source))
                .lib("two.jar", jar -> same.forEach(jar::source))
                .lib("three.jar", jar -> same.forEach(jar::source))
                .lib(
                        "servlet-api.jar",
                        jar -> jar.source("Servlet", "package jakarta.servlet; public interface Servlet {}")));

        assertThat(text(checked.one("useless-library"))).startsWith("servlet-api.jar brings the Servlet API");
        assertThat(checked.all("same-classes"))
                .satisfiesExactly(
                        clash -> {
                            assertThat(severity(clash)).isEqualTo("warning");
                            assertThat(details(clash))
                                    .containsExactly("one-1.0.jar and one-1.1.jar: 1 class, 1 of them different (a.A)");
                        },
                        copies -> {
                            assertThat(severity(copies)).isEqualTo("advice");
                            assertThat(details(copies))
                                    .containsExactly(
                                            "one-1.0.jar and three.jar: 1 class", "one-1.0.jar and two.jar: 1 class");
                        });
        assertThat(text(checked.one("several-versions"))).contains("one-1.0.jar, one-1.1.jar");
    }

    @Test
    void a_library_of_javax_in_an_application_for_jakarta_is_a_warning() throws Exception {
        var sources = Map.of(
                "Filter", "package javax.servlet; public interface Filter {}",
                "F", "package f; public class F implements javax.servlet.Filter {}");
        var war = Archive.war().lib("old.jar", jar -> with(jar, "", sources, "f/F"));
        war.source("S", "public class S " + SERVLET + " {}");
        var file = war.writeTo(directory.resolve("old.war"));
        var out = new ByteArrayOutputStream();
        var prepare = new PrepareSpec(
                List.of(new PrepareSpec.War(file, "")),
                directory.resolve("cache"),
                false,
                2,
                "warn",
                List.of(),
                List.of());

        CheckMain.run(
                new CheckSpec(prepare, READY, false),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("old.jar is written for javax.servlet");
    }

    @Test
    void a_library_that_keeps_its_data_in_one_jvm_speaks_against_several_workers() throws Exception {
        var checked = check(Archive.war()
                .lib(
                        "lucene-core.jar",
                        jar -> jar.source(
                                "IndexWriter", "package org.apache.lucene.index; public class IndexWriter {}")));

        assertThat(details(checked.one("distribution")))
                .containsExactly("lucene-core.jar is Lucene: one JVM at a time writes to an index");
    }

    @Test
    void a_library_that_counts_on_what_the_jdk_had_is_named_with_what_to_add() throws Exception {
        var sources = Map.of(
                "Context", "package javax.xml.bind; public class Context {}",
                "F", "package f; public class F extends javax.xml.bind.Context {}");
        var checked = check(Archive.war().lib("old.jar", jar -> with(jar, "", sources, "f/F")));

        var removed = checked.one("removed");
        assertThat(text(removed)).contains("JAXB");
        assertThat(details(removed)).containsExactly("old.jar");
        assertThat(removed.get("remedy").getAsString()).contains("jaxb-runtime", "--lib");
    }

    @Test
    void what_code_registers_is_not_said_to_be_absent() throws Exception {
        var checked = check(Archive.war().source("L", """
                        @jakarta.servlet.annotation.WebListener public class L implements jakarta.servlet.ServletContextListener {}
                        """));

        assertThat(text(checked.one("deployed")))
                .endsWith("0 servlets, 0 filters, 1 listener and what its code registers, 0 JARs.");
    }

    @Test
    void what_speaks_against_several_workers_is_named() throws Exception {
        var checked = check(Archive.war()
                .file(
                        "WEB-INF/classes/app.properties",
                        "url=jdbc:h2:~/orders;PASSWORD=secret\nother=jdbc:h2:tcp://db/orders")
                .file("WEB-INF/spring.xml", "<beans><!-- jdbc:sqlite:old.db --></beans>")
                .source("State", """
                        import java.util.*;
                        public class State {
                            static final Map<String, String> CACHE = new HashMap<>();
                            static final Map<String, String> CONSTANT = new HashMap<>();
                            static int visits = 1;
                            static { CONSTANT.put("a", "b"); }
                            void visit() throws Exception {
                                CACHE.put("a", CONSTANT.get("a"));
                                visits++;
                                new Timer();
                                new java.io.FileOutputStream("log").close();
                            }
                        }
                        """));

        var distribution = checked.one("distribution");
        assertThat(severity(distribution)).isEqualTo("advice");
        assertThat(details(distribution))
                .containsExactly(
                        "WEB-INF/classes/app.properties has jdbc:h2:~/orders",
                        "State.visit, line 10 starts a timer (Timer)",
                        "State.CACHE, a static Map, is changed by visit, line 8",
                        "State.visits, which is static, is set by visit, line 9",
                        "State.visit, line 11 writes to a file (FileOutputStream)");
        assertThat(checked.text()).doesNotContain("secret");
    }

    @Test
    void native_libraries_are_named() throws Exception {
        var checked = check(Archive.war().lib("native.jar", jar -> jar.file("linux/libx.so", "")));

        assertThat(details(checked.one("native-code"))).containsExactly("native.jar: linux/libx.so");
    }

    @Test
    void what_preparing_warns_of_is_a_warning() throws Exception {
        var checked = check(Archive.war().file("WEB-INF/classes/Broken.class", "no class"));

        assertThat(text(checked.one("told"))).contains("Broken.class");
        assertThat(severity(checked.one("told"))).isEqualTo("warning");
    }
}
