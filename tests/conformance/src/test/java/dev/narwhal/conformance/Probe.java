package dev.narwhal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The probing application at {@code /probe}, a second one at {@code /other}, on two workers. */
record Probe(RunningNarwhal narwhal) {

    private static final String[] CLASSES = {
        "Describe",
        "Trace",
        "Tracking",
        "Trace$Wrapping",
        "Trace$Wrapped",
        "Dispatch",
        "Dispatch$Meddle",
        "Fail",
        "Broken",
        "Burden",
        "Burden$Heavy",
        "Burden$Deaf",
        "Typed",
        "Sessions",
        "Read",
        "Read$Action",
        "Events",
        "Events$Second",
        "Events$Lines",
        "Moments",
        "Context",
        "Answer",
        "Answer$Loud",
        "Asynchronous",
        "Asynchronous$1",
        "Asynchronous$2",
        "Asynchronous$3",
        "Asynchronous$4",
        "Asynchronous$5",
        "Asynchronous$6",
        "Asynchronous$Noting",
        "Started",
        "Started$Filtering",
        "Contracts",
        "Contracts$Action",
        "Contracts$Bound",
        "Contracts$Deaf",
        "Contracts$Unmakable",
        "Rules",
        "Rules$Action",
        "Unblocked",
        "Unblocked$Action",
        "Unblocked$Reading",
        "Unblocked$Writing",
        "Unblocked$Echo",
        "Unblocked$Quiet",
        "Unblocked$Unmakable",
        "Unblocked$Loud",
        "Unblocked$Loud$1",
        "Unblocked$1Failing"
    };

    /** Tells how it was mapped. */
    private static final String PAGE = """
            <%@ page trimDirectiveWhitespaces="true" %>
            <% var mapping = request.getHttpServletMapping(); %>
            servlet <%= mapping.getServletName() %>
            mapping <%= mapping.getMappingMatch() %> '<%= mapping.getPattern() %>' '<%= mapping.getMatchValue() %>' <%= mapping.getServletName() %>
            path <%= request.getServletPath() %>
            info <%= request.getPathInfo() %>
            """;

    static Probe start(Narwhals narwhals, String dispatch, Path directory, String... options) {
        var probe = application()
                .descriptor(text("probe.xml"))
                .file("index.html", "home")
                .file("docs/index.html", "docs")
                .file("docs/a b+c.txt", "spaced")
                .file("empty/note.txt", "note")
                .file("served/note.txt", "note")
                .file("WEB-INF/secret.txt", "secret")
                .library("resources.jar", new WarBuilder().file("META-INF/resources/lib/inside.txt", "inside"))
                .write(directory.resolve("probe.war"));
        var other = application()
                .descriptor(text("other.xml"))
                .file("static/a.html", "static")
                .file("files/a.html", "files")
                .file("a.html", "root")
                .file("deep/a.css", "style")
                .write(directory.resolve("other.war"));
        var arguments = new ArrayList<Object>(List.of(options));
        arguments.addAll(List.of("--dispatch=" + dispatch, "--workers=2", probe + "=/probe", other + "=/other"));
        return new Probe(narwhals.start(arguments.toArray()));
    }

    /** An application that tries rules at {@code /probe}, and one for mappings at the root. */
    static Probe startRules(Narwhals narwhals, String dispatch, Path directory) {
        var rules = application().descriptor(text("rules.xml")).write(directory.resolve("rules.war"));
        var mapping = application()
                .descriptor(text("mapping.xml"))
                .file("pages/a.txt", "static")
                .file("pages/a.jsp", PAGE)
                .file("dir/index.jsp", PAGE)
                .write(directory.resolve("mapping.war"));
        var declared = classes(
                        "WEB-INF/classes/",
                        "Declared",
                        "Declared$Telling",
                        "Declared$Over",
                        "Declared$Twice",
                        "Declared$Uploading",
                        "Declared$Registered",
                        "Declared$Registering")
                .descriptor(text("declared.xml"))
                .write(directory.resolve("declared.war"));
        var welcome = application()
                .descriptor(text("welcome.xml"))
                .file("both/start.html", "a file")
                .file("deep/inner/home.html", "deep")
                .file("exactly/note.txt", "note")
                .file("mapped/start.html", "hidden")
                .library("pages.jar", new WarBuilder().file("META-INF/resources/jar/start.html", "in a JAR"))
                .write(directory.resolve("welcome.war"));
        var untracked = tracking("none", "own").write(directory.resolve("untracked.war"));
        var linked = tracking("URL", "MyOwn").write(directory.resolve("linked.war"));
        return new Probe(narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=2",
                rules + "=/probe",
                mapping + "=/",
                declared + "=/declared",
                welcome + "=/welcome",
                untracked + "=/untracked",
                linked + "=/linked"));
    }

    private static WarBuilder tracking(String modes, String cookie) {
        return application().descriptor(text("tracking.xml").formatted(modes, cookie));
    }

    private static WarBuilder application() {
        return classes("WEB-INF/classes/", CLASSES);
    }

    /** An application, or a JAR of one, with these classes of {@code app}, below a directory with a slash at its end. */
    static WarBuilder classes(String directory, String... names) {
        var war = new WarBuilder();
        for (var name : names) {
            try {
                var type = Class.forName("dev.narwhal.conformance.app." + name);
                war.file(directory + type.getName().replace('.', '/') + ".class", WarBuilder.bytes(type));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
        return war;
    }

    private static String text(String name) {
        try (var in = Probe.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Response get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    Response send(String method, String path, String body, String... headers) {
        var length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        var more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return raw(method + " " + path + " HTTP/1.1\r\nHost: probe.example\r\nConnection: close\r\n" + length + more
                + "\r\n" + body);
    }

    Response raw(String request) {
        try (var http = Http.connect(narwhal.port())) {
            return http.send(request).response();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Http connect() throws IOException {
        return Http.connect(narwhal.port());
    }

    /** The lines of an answer. */
    List<String> lines(String path, String... headers) {
        return get(path, headers).text().lines().toList();
    }

    /** The lines of an answer by their first word; the first of several counts. */
    TreeMap<String, String> facts(String path, String... headers) {
        var facts = new TreeMap<String, String>();
        for (var line : lines(path, headers)) {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                facts.putIfAbsent(line.substring(0, blank), line.substring(blank + 1));
            }
        }
        return facts;
    }

    /** Waits until the worker that has them has noted these events, and no others that contain {@code about}. */
    void awaitEvents(String about, String... events) {
        var seen = new ArrayList<String>();
        Await.until("events of " + about, Duration.ofSeconds(20), () -> {
            seen.clear();
            lines("/probe/context/events").stream()
                    .filter(line -> line.contains(about))
                    .forEach(seen::add);
            return seen.size() >= events.length;
        });
        assertThat(seen).containsExactly(events);
    }
}
