package dev.narwhal.worker.check;

import dev.narwhal.worker.war.WebAppClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds JARs that clash with each other or with the server, by the names and checksums of their classes. */
final class Libraries {

    /** The classes that give a server away. */
    private static final Map<String, String> SERVERS = Map.of(
            "org.apache.catalina.core.StandardContext", "Tomcat",
            "org.apache.jasper.servlet.JspServlet", "Jasper, Tomcat's engine for pages",
            "org.eclipse.jetty.server.Server", "Jetty",
            "io.undertow.Undertow", "Undertow");

    /** Engines that keep their data in files which one JVM locks, or run jobs in every JVM: class by class. */
    private static final Map<String, String> OF_ONE_JVM = new TreeMap<>(Map.of(
            "org.apache.jackrabbit.core.RepositoryImpl", "Jackrabbit: one JVM at a time has a repository open",
            "org.apache.lucene.index.IndexWriter", "Lucene: one JVM at a time writes to an index",
            "org.apache.activemq.broker.BrokerService", "ActiveMQ's broker: each JVM that starts it has one of its own",
            "org.eclipse.rdf4j.sail.nativerdf.NativeStore", "RDF4J's native store: one JVM at a time has it open",
            "org.apache.jena.tdb2.TDB2", "Jena's TDB: one JVM at a time has a database open",
            "com.sleepycat.je.Environment", "Berkeley DB: one JVM at a time writes to a database",
            "org.neo4j.graphdb.GraphDatabaseService", "Neo4j: one JVM at a time has a database open",
            "org.quartz.impl.StdSchedulerFactory",
                    "Quartz: jobs run in each JVM unless they are in a shared database"));

    private static final Map<String, String> APIS = new TreeMap<>(Map.of(
            "jakarta.servlet.Servlet", "the Servlet API",
            "jakarta.servlet.jsp.JspPage", "the Pages API",
            "jakarta.servlet.jsp.jstl.core.Config", "the API of the standard tag library",
            "jakarta.el.ELContext", "the Expression Language API",
            "jakarta.websocket.Session", "the WebSocket API",
            "jakarta.annotation.Resource", "the Annotations API"));

    /** The last number with a dash before it is the version; a classifier may follow. */
    private static final Pattern VERSIONED = Pattern.compile("(.+)-(\\d+(?:\\.\\d+)*)((?:[.-][A-Za-z0-9_]+)*)\\.jar");

    /** What migration adds. */
    private static final String SERVERS_OWN = "narwhal-legacy.jar";

    /** A JAR with so many percent of its classes in the server brings nothing else. */
    private static final int WHOLE = 80;

    /** Two JARs, the one that wins first. */
    private record Pair(String first, String second) {}

    private static final class Common {
        private int classes;
        private int differing;
        private String example = "";
    }

    private final List<Part> jars;

    Libraries(List<Part> parts) {
        jars = parts.stream().filter(Libraries::isLibrary).toList();
    }

    /** Whether the application brings it as a library. */
    static boolean isLibrary(Part part) {
        return !part.own() && !part.name().equals(SERVERS_OWN);
    }

    List<Finding> find(WebAppClassLoader loader) {
        var findings = new ArrayList<Finding>();
        for (var jar : jars) {
            APIS.forEach((marker, what) -> {
                if (jar.classes().containsKey(marker) && isWhole(jar, loader)) {
                    findings.add(new Finding.UselessLibrary(jar.name(), what));
                }
            });
            SERVERS.forEach((marker, server) -> {
                if (jar.classes().containsKey(marker)) {
                    findings.add(new Finding.ServerLibrary(jar.name(), server));
                }
            });
        }
        findings.addAll(sameClasses(loader));
        findings.addAll(severalVersions());
        return findings;
    }

    /** Libraries that speak against several JVMs, if the application has them do what they are for. */
    List<String> ofOneJvm() {
        var found = new ArrayList<String>();
        for (var jar : jars) {
            OF_ONE_JVM.forEach((marker, what) -> {
                if (jar.classes().containsKey(marker)) {
                    found.add(jar.name() + " is " + what);
                }
            });
        }
        return found;
    }

    private static boolean isWhole(Part jar, WebAppClassLoader loader) {
        long provided = jar.classes().keySet().stream()
                .filter(loader::isProvidedByServer)
                .count();
        return provided * 100 >= (long) jar.classes().size() * WHOLE;
    }

    private List<Finding> sameClasses(WebAppClassLoader loader) {
        var owners = new HashMap<String, Part>();
        var pairs = new LinkedHashMap<Pair, Common>();
        for (var jar : jars) {
            for (var type : jar.classes().entrySet()) {
                var first = owners.putIfAbsent(type.getKey(), jar);
                if (first != null && !loader.isProvidedByServer(type.getKey())) {
                    var common = pairs.computeIfAbsent(new Pair(first.name(), jar.name()), _ -> new Common());
                    common.classes++;
                    if (!type.getValue().equals(first.classes().get(type.getKey()))) {
                        common.differing++;
                        common.example = common.example.isEmpty() ? type.getKey() : common.example;
                    }
                }
            }
        }
        var differing = new ArrayList<String>();
        var copies = new ArrayList<String>();
        pairs.forEach((pair, common) -> {
            var both = pair.first() + " and " + pair.second() + ": " + common.classes
                    + (common.classes == 1 ? " class" : " classes");
            if (common.differing > 0) {
                differing.add("%s, %d of them different (%s)".formatted(both, common.differing, common.example));
            } else {
                copies.add(both);
            }
        });
        var findings = new ArrayList<Finding>();
        if (!differing.isEmpty()) {
            findings.add(new Finding.SameClasses(true, differing));
        }
        if (!copies.isEmpty()) {
            findings.add(new Finding.SameClasses(false, copies));
        }
        return findings;
    }

    private List<Finding> severalVersions() {
        var names = new TreeMap<String, TreeSet<String>>();
        var versions = new HashMap<String, TreeSet<String>>();
        for (var jar : jars) {
            var match = VERSIONED.matcher(jar.name());
            if (match.matches()) {
                names.computeIfAbsent(match.group(1), _ -> new TreeSet<>()).add(jar.name());
                versions.computeIfAbsent(match.group(1), _ -> new TreeSet<>()).add(match.group(2));
            }
        }
        var findings = new ArrayList<Finding>();
        names.forEach((library, files) -> {
            if (versions.getOrDefault(library, new TreeSet<>()).size() > 1) {
                findings.add(new Finding.SeveralVersions(library, List.copyOf(files)));
            }
        });
        return findings;
    }
}
