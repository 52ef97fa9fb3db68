package dev.narwhal.worker.check;

import dev.narwhal.worker.feature.Pages;
import dev.narwhal.worker.war.Naming;
import dev.narwhal.worker.war.PreparedApp;
import dev.narwhal.worker.war.RemovedModule;
import dev.narwhal.worker.war.SharedLibraries;
import dev.narwhal.worker.war.WebApp;
import dev.narwhal.worker.war.WebAppClassLoader;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks for everything there is to find in one application. For one run, on one thread. */
public final class Check {

    /**
     * What is known already.
     *
     * @param name the WAR
     * @param app what was prepared
     * @param migrated whether it was written for {@code javax.servlet}
     * @param nativeCode whether that is why requests run on platform threads
     * @param warnings what preparing it warned of
     * @param libraries as in {@link SharedLibraries}
     * @param resources the names of what the operator provides
     * @param deployment what became of it in a worker
     */
    public record Subject(
            String name,
            PreparedApp app,
            boolean migrated,
            boolean nativeCode,
            List<String> warnings,
            List<Path> libraries,
            List<String> resources,
            Deployment deployment) {

        public Subject {
            warnings = List.copyOf(warnings);
            libraries = List.copyOf(libraries);
            resources = List.copyOf(resources);
        }
    }

    /** How a real deployment ended. */
    public sealed interface Deployment {
        record Ready(long millis) implements Deployment {}

        record Failed(String reason) implements Deployment {}
    }

    private static final Set<String> INJECTED_BY_SERVERS = Set.of(
            "jakarta.ejb.EJB",
            "jakarta.persistence.PersistenceContext",
            "jakarta.persistence.PersistenceUnit",
            "jakarta.xml.ws.WebServiceRef");

    /** Contexts of names, which are looked up before what is in them. */
    private static final Set<String> CONTEXTS = Set.of("java:comp/env", "java:comp/env/jdbc", "java:comp/env/mail");

    /** A library is one of javax if so many of its classes are: one in that many. */
    private static final int SHARE_OF_OLD = 5;

    private static final int NEWEST_MAJOR = ClassFile.latestMajorVersion();
    private static final int FIRST_MAJOR = 44;

    private final Subject subject;
    private final WebApp webApp;
    private final WebAppClassLoader loader;
    private final List<Part> parts;
    private final Types types;
    private final OwnCode code = new OwnCode();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Api, Set<String>> missingApis = new EnumMap<>(Api.class);
    private final Map<String, MissingPackage> missingPackages = new TreeMap<>();
    private final Map<String, Set<String>> names = new TreeMap<>();
    private final List<String> against = new ArrayList<>();
    private final Set<String> databases = new LinkedHashSet<>();
    private final Set<String> notInjected = new LinkedHashSet<>();
    private final Set<String> tooNew = new HashSet<>();
    private final Set<String> optional = new HashSet<>();
    private final List<String> optionalOf = new ArrayList<>();
    private final Map<RemovedModule, Set<String>> removedModules = new EnumMap<>(RemovedModule.class);

    private static final class MissingPackage {
        private final Set<String> classes = new TreeSet<>();
        private final Set<String> users = new TreeSet<>();
    }

    private Check(Subject subject, WebAppClassLoader loader, List<Part> parts) {
        this.subject = subject;
        this.webApp = subject.app().webApp();
        this.loader = loader;
        this.parts = parts;
        this.types = new Types(parts, loader);
    }

    /**
     * Reads the whole application.
     *
     * @param server the loader that has the Jakarta APIs
     */
    public static Report of(Subject subject, ClassLoader server) throws IOException {
        var parts = new ArrayList<Part>();
        for (var path : subject.app().webApp().layout().classPath()) {
            parts.add(Part.of(path));
        }
        try (var loader = subject.app().classLoader(server, SharedLibraries.load(subject.libraries(), server))) {
            var check = new Check(subject, loader, parts);
            check.run(server);
            return new Report(subject.name(), check.findings);
        }
    }

    private void run(ClassLoader server) throws IOException {
        deployment();
        subject.warnings().stream().map(Finding.Told::new).forEach(findings::add);
        for (var part : parts) {
            if (part.own()) {
                part.read(this::readOwn);
            } else {
                readLibrary(part);
            }
        }
        missing();
        resources();
        pages(server);
        sessionValues();
        var libraries = new Libraries(parts);
        findings.addAll(libraries.find(loader));
        against.addAll(libraries.ofOneJvm());
        nativeCode();
        distribution();
    }

    private void deployment() {
        findings.add(
                switch (subject.deployment()) {
                    case Deployment.Ready(long millis) ->
                        new Finding.Deployed(
                                millis,
                                new Finding.Declared(
                                        webApp.servlets().size(),
                                        webApp.filters().size(),
                                        webApp.listeners().size()),
                                isRegistering(),
                                (int) parts.stream()
                                        .filter(Libraries::isLibrary)
                                        .count());
                    case Deployment.Failed(String reason) -> new Finding.Refused(reason);
                });
        if (subject.migrated()) {
            findings.add(new Finding.Migrated());
        }
    }

    /** Without a servlet of its own, a listener that is there will be one that registers some. */
    private boolean isRegistering() {
        return webApp.initializers().stream()
                        .anyMatch(initializer -> initializer.origin() == WebApp.Initializer.Origin.WAR)
                || (webApp.servlets().isEmpty() && !webApp.listeners().isEmpty());
    }

    private Set<String> componentNames() {
        var all = new HashSet<String>(webApp.listeners());
        webApp.servlets().forEach(servlet -> servlet.className().ifPresent(all::add));
        webApp.filters().forEach(filter -> all.add(filter.className()));
        return all;
    }

    private void readOwn(String className, byte[] bytes) {
        parse("WEB-INF/classes", className, bytes).ifPresent(model -> {
            try {
                References.all(model).forEach(name -> refer(className, name));
                constants(className, model);
                if (componentNames().contains(className)) {
                    References.annotations(model).stream()
                            .filter(annotation -> INJECTED_BY_SERVERS.contains(annotation.name()))
                            .forEach(annotation ->
                                    notInjected.add(className + annotation.place() + " (@" + annotation.name() + ")"));
                }
                code.read(model);
            } catch (IllegalArgumentException _) {
                // Preparing has warned of class files that cannot be understood.
            }
        });
    }

    private Optional<ClassModel> parse(String place, String className, byte[] bytes) {
        try {
            var model = ClassFile.of().parse(bytes);
            if (model.majorVersion() > NEWEST_MAJOR && tooNew.add(place)) {
                findings.add(new Finding.TooNew(place, model.majorVersion() - FIRST_MAJOR, className));
            }
            return Optional.of(model);
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    private void refer(String user, String name) {
        if (types.exists(name)) {
            return;
        }
        var api = Api.of(name);
        if (api.isPresent()) {
            missingApis.computeIfAbsent(api.get(), _ -> new TreeSet<>()).add(user + " (" + name + ")");
        } else {
            var missing = missingPackages.computeIfAbsent(packageOf(name), _ -> new MissingPackage());
            missing.classes.add(name);
            missing.users.add(user);
        }
    }

    private void constants(String className, ClassModel model) {
        for (var entry : model.constantPool()) {
            if (entry instanceof StringEntry string) {
                var text = string.stringValue();
                if (TextFiles.isName(text)) {
                    names.computeIfAbsent(text, _ -> new TreeSet<>()).add(className);
                }
                TextFiles.database(text).ifPresent(url -> databases.add(className + " has " + url));
            }
        }
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }

    private void readLibrary(Part jar) throws IOException {
        var missing = new TreeMap<String, Set<String>>();
        var old = new TreeSet<String>();
        var oldUsers = new HashSet<String>();
        jar.read((className, bytes) -> parse(jar.name(), className, bytes)
                .ifPresent(model -> linked(model).stream()
                        .filter(name -> !types.exists(name))
                        .forEach(name -> {
                            missing.computeIfAbsent(packageOf(name), _ -> new HashSet<>())
                                    .add(name);
                            RemovedModule.of(name)
                                    .ifPresent(module -> removedModules
                                            .computeIfAbsent(module, _ -> new TreeSet<>())
                                            .add(jar.name()));
                            if (name.startsWith("javax.")
                                    && Api.of(name)
                                            .filter(Api.OLD_SERVLETS::equals)
                                            .isPresent()) {
                                old.add(packageOf(name));
                                oldUsers.add(className);
                            }
                        })));
        if (oldUsers.size() * SHARE_OF_OLD >= jar.classes().size() && !old.isEmpty()) {
            findings.add(new Finding.OldLibrary(jar.name(), List.copyOf(old)));
        } else if (!missing.isEmpty()) {
            missing.values().forEach(optional::addAll);
            optionalOf.add(jar.name() + ": " + summary(missing));
        }
    }

    private static Set<String> linked(ClassModel model) {
        try {
            return References.linked(model);
        } catch (IllegalArgumentException _) {
            return Set.of();
        }
    }

    /** The packages with the most classes, the rest as a number. */
    private static String summary(Map<String, Set<String>> missing) {
        var most = missing.entrySet().stream()
                .sorted((a, b) -> b.getValue().size() - a.getValue().size())
                .limit(3)
                .map(entry -> entry.getKey() + " (" + entry.getValue().size() + ")")
                .toList();
        int more = missing.size() - most.size();
        return String.join(", ", most)
                + (more == 0 ? "" : " and " + more + (more == 1 ? " package more" : " packages more"));
    }

    private void missing() {
        missingApis.forEach((api, uses) -> findings.add(new Finding.MissingApi(api, List.copyOf(uses))));
        var uses = new ArrayList<String>();
        missingPackages.forEach((name, missing) -> uses.add("%s (%s), used by %s"
                .formatted(
                        name.isEmpty() ? "(no package)" : name,
                        missing.classes.size() == 1
                                ? missing.classes.iterator().next().substring(name.isEmpty() ? 0 : name.length() + 1)
                                : missing.classes.size() + " classes",
                        missing.users.iterator().next()
                                + (missing.users.size() > 1 ? " and " + (missing.users.size() - 1) + " more" : ""))));
        if (!uses.isEmpty()) {
            findings.add(new Finding.MissingClasses(uses));
        }
        if (!notInjected.isEmpty()) {
            findings.add(new Finding.NotInjected(List.copyOf(notInjected)));
        }
        removedModules.forEach((module, jars) -> findings.add(new Finding.Removed(module, List.copyOf(jars))));
        if (!optionalOf.isEmpty()) {
            findings.add(new Finding.OptionalClasses(optional.size(), optionalOf));
        }
    }

    private void resources() throws IOException {
        var naming = webApp.naming();
        for (var ref : naming.unprovided(subject.resources())) {
            findings.add(new Finding.NoSuchResource(
                    ref.name(),
                    ref.type(),
                    Naming.local(ref.lookup().or(ref::mappedName).orElse(ref.name()))));
        }
        var files = TextFiles.of(webApp.layout().documentRoot());
        files.names()
                .forEach(hit ->
                        names.computeIfAbsent(hit.text(), _ -> new TreeSet<>()).add(hit.file()));
        files.databases().forEach(hit -> databases.add(hit.file() + " has " + hit.text()));
        naming.resources()
                .forEach(resource -> resource.setting("url")
                        .flatMap(TextFiles::database)
                        .ifPresent(url -> databases.add("the resource " + resource.name() + " has " + url)));
        var known = known(naming);
        names.forEach((name, places) -> {
            if (!CONTEXTS.contains(name) && !isKnown(name, known)) {
                findings.add(new Finding.UnknownName(name, List.copyOf(places)));
            }
        });
    }

    /** Everything that has a name, and what the application is told to lack already. */
    private Collection<String> known(Naming naming) {
        var known = new HashSet<>(subject.resources());
        Stream.of(
                        naming.resources().stream().map(resource -> resource.name()),
                        naming.links().stream().map(Naming.Link::name),
                        naming.envEntries().stream().map(Naming.EnvEntry::name),
                        naming.refs().stream().map(Naming.ResourceRef::name))
                .flatMap(all -> all)
                .map(Naming::local)
                .forEach(known::add);
        return known;
    }

    private static boolean isKnown(String name, Collection<String> known) {
        var local = Naming.local(name);
        var context = local.endsWith("/") ? local : local + "/";
        return known.stream().anyMatch(one -> one.equals(local) || one.startsWith(context)) || local.isEmpty();
    }

    private void pages(ClassLoader server) throws IOException {
        int compiled = 0;
        for (var engine : ServiceLoader.load(Pages.class, server)) {
            var outcome = engine.compile(subject.app(), loader, _ -> {});
            compiled += outcome.pages() - outcome.failed();
            outcome.problems().stream().map(Finding.BadPage::new).forEach(findings::add);
        }
        if (compiled > 0) {
            findings.add(new Finding.CompiledPages(compiled));
        }
    }

    private void sessionValues() {
        var values = new ArrayList<String>();
        for (var put : code.sessionValues()) {
            if (put.value() instanceof Value.Instance(String type, boolean exact)
                    && types.serializability(type) == Types.Serializability.NO
                    && (exact || isAsGoodAsExact(type))) {
                values.add(put.attribute() + ": " + type + " (" + put.place() + ")");
            }
        }
        if (!values.isEmpty()) {
            findings.add(new Finding.UnserializableValues(values));
            against.add(values.size() + " of the values put into sessions not serializable, as above");
        }
    }

    /** A class of the application itself, of which a serializable subclass would be strange; an interface says nothing. */
    private boolean isAsGoodAsExact(String type) {
        return types.isBrought(type) && !types.isInterface(type);
    }

    private void nativeCode() {
        var files = new ArrayList<String>();
        for (var part : parts) {
            int count = part.nativeLibraries().size();
            if (count > 0) {
                files.add("%s: %s%s"
                        .formatted(
                                part.name(),
                                part.nativeLibraries().getFirst(),
                                count > 1 ? " and " + (count - 1) + " more" : ""));
            }
        }
        if (!files.isEmpty() || subject.nativeCode()) {
            findings.add(new Finding.NativeCode(subject.nativeCode(), files));
        }
    }

    private void distribution() {
        against.addAll(databases);
        against.addAll(code.schedulers());
        against.addAll(code.staticState());
        against.addAll(code.files());
        findings.add(new Finding.Distribution(webApp.distributable(), against));
    }
}
