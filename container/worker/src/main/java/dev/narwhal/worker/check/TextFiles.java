package dev.narwhal.worker.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The application's configuration files below {@code WEB-INF}: what they name. Comments in XML do not count. */
record TextFiles(Map<String, String> texts) {

    /** A database that lives in a file or in this JVM. */
    private static final Pattern EMBEDDED_DATABASE = Pattern.compile(
            "jdbc:(h2:(?!mem:|tcp:|ssl:|zip:|[^\\s\"'<>&]*(?i:AUTO_SERVER=TRUE))|hsqldb:(?!mem:|hsqls?:|https?:|res:)|derby:(?!//|memory:)|sqlite:)[^\\s\"'<>&;?]*");

    /** A database that lives in the memory of this JVM. */
    private static final Pattern MEMORY_DATABASE =
            Pattern.compile("jdbc:(h2:mem:|hsqldb:mem:|derby:memory:)[^\\s\"'<>&;?]*");

    private static final Pattern NAME =
            Pattern.compile("java:(comp|jboss|global|app|module)/[A-Za-z0-9_./-]+|java:/[A-Za-z0-9_./-]+");
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern READ = Pattern.compile(".*\\.(xml|properties|ya?ml|conf)");

    /** Descriptors for other servers, which nobody reads here. */
    private static final Pattern FOREIGN =
            Pattern.compile("WEB-INF/(jboss|weblogic|glassfish|sun|ibm|resin|geronimo|jonas|jetty|wildfly)[^/]*\\.xml");

    private static final long MOST_BYTES = 1 << 20;

    /** What was found, and in which file. */
    record Hit(String file, String text) {}

    TextFiles {
        texts = Map.copyOf(texts);
    }

    static TextFiles of(Path documentRoot) throws IOException {
        var texts = new LinkedHashMap<String, String>();
        var inside = documentRoot.resolve("WEB-INF");
        if (Files.isDirectory(inside)) {
            try (var files = Files.walk(inside)) {
                for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                    var name = documentRoot.relativize(file).toString();
                    if (READ.matcher(name).matches()
                            && !FOREIGN.matcher(name).matches()
                            && Files.size(file) <= MOST_BYTES) {
                        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                        texts.put(
                                name,
                                name.endsWith(".xml") ? COMMENT.matcher(text).replaceAll("") : text);
                    }
                }
            }
        }
        return new TextFiles(texts);
    }

    /** Addresses of databases that only one JVM can have open, or that each has for itself. */
    List<Hit> databases() {
        var hits = find(EMBEDDED_DATABASE);
        hits.addAll(find(MEMORY_DATABASE));
        return hits;
    }

    /** Names of JNDI. */
    List<Hit> names() {
        return find(NAME);
    }

    /** The address of such a database that a text, such as a constant of a class, begins with; without its options. */
    static Optional<String> database(String text) {
        return Stream.of(EMBEDDED_DATABASE, MEMORY_DATABASE)
                .map(pattern -> pattern.matcher(text))
                .filter(Matcher::lookingAt)
                .map(Matcher::group)
                .findFirst();
    }

    /** Whether a text is a whole name of JNDI. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private List<Hit> find(Pattern pattern) {
        var hits = new ArrayList<Hit>();
        texts.forEach((file, text) -> pattern.matcher(text)
                .results()
                .map(match -> match.group())
                .distinct()
                .forEach(hit -> hits.add(new Hit(file, hit))));
        return hits;
    }
}
