package dev.narwhal.worker.check;

import dev.narwhal.worker.war.RemovedModule;
import java.util.List;
import java.util.Locale;

/** Decides how grave each finding is and says what it means. Pure. */
final class Wording {

    /**
     * A finding in words.
     *
     * @param kind a word for programs
     * @param text one sentence
     * @param details the evidence, one line each
     * @param remedy what to do; empty if nothing
     */
    record Entry(String kind, Severity severity, String text, List<String> details, String remedy) {
        Entry {
            details = List.copyOf(details);
        }
    }

    private Wording() {}

    static Entry of(Finding finding) {
        return switch (finding) {
            case Finding.Deployed(long millis, var declared, boolean registering, int jars) ->
                works(
                        finding,
                        "A worker deployed it in %d ms: %s, %s, %s%s, %s."
                                .formatted(
                                        millis,
                                        count(declared.servlets(), "servlet"),
                                        count(declared.filters(), "filter"),
                                        count(declared.listeners(), "listener"),
                                        registering ? " and what its code registers" : "",
                                        count(jars, "JAR")));
            case Finding.Refused(String reason) -> problem(finding, "It cannot be deployed: " + reason, List.of(), "");
            case Finding.Migrated() ->
                works(finding, "It is written for javax.servlet and was migrated; each start uses the migrated copy.");
            case Finding.Told(String sentence) -> warning(finding, sentence, List.of(), "");
            case Finding.CompiledPages(int pages) -> works(finding, count(pages, "page") + " compiled.");
            case Finding.BadPage(var problem) ->
                problem(finding, "A page cannot be compiled: " + problem.text(), problem.excerpt(), "Correct it.");
            case Finding.MissingApi(Api api, List<String> uses) ->
                problem(
                        finding,
                        "The application uses " + api.title() + ", which nothing provides.",
                        uses,
                        api.remedy());
            case Finding.MissingClasses(List<String> uses) ->
                warning(
                        finding,
                        "The application's own classes refer to classes that are not there; what needs them fails with NoClassDefFoundError.",
                        uses,
                        "Add the library to WEB-INF/lib or --lib, unless the code is never run.");
            case Finding.NotInjected(List<String> places) ->
                warning(
                        finding,
                        "Narwhal injects @Resource only; these stay null unless a framework in the WAR sets them.",
                        places,
                        "Look the object up from a framework, or create it.");
            case Finding.OldLibrary(String jar, List<String> packages) ->
                warning(
                        finding,
                        jar + " is written for " + String.join(", ", packages) + ", in an application for jakarta.",
                        List.of(),
                        "Use the version of the library for Jakarta EE 9 or newer.");
            case Finding.OptionalClasses(int classes, List<String> libraries) ->
                advice(
                        finding,
                        classes
                                + " classes that libraries refer to are not there; most libraries need them only for features that are not used.",
                        libraries,
                        "Look here first if a NoClassDefFoundError is logged.");
            case Finding.Removed(RemovedModule module, List<String> jars) ->
                advice(
                        finding,
                        "Libraries refer to " + module.title()
                                + ", which the JDK has no more; what of them needs it fails with NoClassDefFoundError.",
                        jars,
                        module.remedy());
            case Finding.NoSuchResource(String name, var type, String key) ->
                problem(
                        finding,
                        "The resource %s (%s) is provided by nothing; looking it up fails."
                                .formatted(name, type.orElse("no type")),
                        List.of(),
                        "Add [resources.\"%s\"] to narwhal.toml.".formatted(key));
            case Finding.UnknownName(String name, List<String> places) ->
                warning(
                        finding,
                        "The code has the name " + name + ", which nothing provides.",
                        places,
                        name.startsWith("java:comp/env/")
                                ? "If it is looked up, add [resources.\"%s\"] to narwhal.toml."
                                        .formatted(name.substring("java:comp/env/".length()))
                                : "If it is looked up, that fails; java:comp/env/ is what Narwhal has.");
            case Finding.UnserializableValues(List<String> values) ->
                warning(
                        finding,
                        "Values are put into the session that are not serializable: each stays in one worker and is lost with it.",
                        values,
                        "Let the classes implement java.io.Serializable; a <distributable/> application with several workers gets an"
                                + " IllegalArgumentException.");
            case Finding.UselessLibrary(String jar, String what) ->
                advice(
                        finding,
                        jar + " brings " + what + ", which the server provides; the copy is not used.",
                        List.of(),
                        "Remove it.");
            case Finding.ServerLibrary(String jar, String server) ->
                advice(
                        finding,
                        jar + " is " + server + " itself, a server in the WAR.",
                        List.of(),
                        "Mark it as provided when the WAR is built, unless the application starts it.");
            case Finding.SameClasses(boolean differing, List<String> pairs) ->
                differing
                        ? warning(
                                finding,
                                "JARs have different classes of the same name; those of the first JAR win:",
                                pairs,
                                "Keep one JAR of each two.")
                        : advice(finding, "JARs have the same classes:", pairs, "Keep one JAR of each two.");
            case Finding.SeveralVersions(String library, List<String> jars) ->
                warning(
                        finding,
                        "The library " + library + " is there in several versions: " + String.join(", ", jars) + ".",
                        List.of(),
                        "Keep one of them.");
            case Finding.TooNew(String place, int javaVersion, String example) ->
                problem(
                        finding,
                        "%s has classes for Java %d (%s), and Narwhal runs on Java %d."
                                .formatted(
                                        place,
                                        javaVersion,
                                        example,
                                        Runtime.version().feature()),
                        List.of(),
                        "Compile them for Java " + Runtime.version().feature() + " or use another version.");
            case Finding.NativeCode(boolean threaded, List<String> files) ->
                advice(
                        finding,
                        threaded
                                ? "It brings native libraries, so --dispatch auto chooses threaded for it."
                                : "JARs bring native libraries, which --dispatch auto does not take notice of.",
                        files,
                        threaded ? "" : "Give --dispatch threaded if requests call them and wait there.");
            case Finding.Distribution(boolean marked, List<String> against) -> distribution(finding, marked, against);
        };
    }

    private static String count(int number, String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }

    private static Entry distribution(Finding finding, boolean marked, List<String> against) {
        if (against.isEmpty()) {
            return marked
                    ? works(
                            finding,
                            "It is marked <distributable/>, and nothing was found that speaks against several workers.")
                    : advice(
                            finding,
                            "It is not marked <distributable/>, so it gets one worker; nothing was found that speaks against several.",
                            List.of(),
                            "Add <distributable/> to web.xml if it keeps no state of its own in the JVM, or give --workers.");
        }
        return marked
                ? warning(
                        finding,
                        "It is marked <distributable/>, but several workers are several JVMs, and this is in each of them:",
                        against,
                        "Check them, or run it with --workers 1.")
                : advice(
                        finding,
                        "It is not marked <distributable/>, so it gets one worker. This speaks against several:",
                        against,
                        "Leave it at one worker unless these may be there once for each of them.");
    }

    private static Entry problem(Finding finding, String text, List<String> details, String remedy) {
        return new Entry(kind(finding), Severity.PROBLEM, text, details, remedy);
    }

    private static Entry warning(Finding finding, String text, List<String> details, String remedy) {
        return new Entry(kind(finding), Severity.WARNING, text, details, remedy);
    }

    private static Entry advice(Finding finding, String text, List<String> details, String remedy) {
        return new Entry(kind(finding), Severity.ADVICE, text, details, remedy);
    }

    private static Entry works(Finding finding, String text) {
        return new Entry(kind(finding), Severity.WORKS, text, List.of(), "");
    }

    /** {@code NoSuchResource} is {@code no-such-resource}. */
    private static String kind(Finding finding) {
        return finding.getClass()
                .getSimpleName()
                .replaceAll("(?<=.)([A-Z])", "-$1")
                .toLowerCase(Locale.ROOT);
    }
}
