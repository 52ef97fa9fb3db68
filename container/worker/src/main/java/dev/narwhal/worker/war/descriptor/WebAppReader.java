package dev.narwhal.worker.war.descriptor;

import dev.narwhal.worker.war.SharedLibraries;
import dev.narwhal.worker.war.WarException;
import dev.narwhal.worker.war.WebApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jboss.metadata.web.spec.OrderingElementMetaData;
import org.jboss.metadata.web.spec.RelativeOrderingMetaData;
import org.jboss.metadata.web.spec.WebFragmentMetaData;
import org.jboss.metadata.web.spec.WebMetaData;
import org.jspecify.annotations.Nullable;

/** Reads an unpacked application: every step of this package in order. */
public final class WebAppReader {

    /** Servlets that Tomcat declares for every application; many map them without declaring them. */
    static final Set<String> IMPLICIT_SERVLETS = Set.of(WebApp.DEFAULT_SERVLET, "jsp");

    private final WarFiles war;
    private final ClassLoader server;
    private final List<Path> libraries;
    private final Consumer<String> warnings;

    /**
     * Prepares to read an application.
     *
     * @param server the loader that has the Jakarta APIs and the server's own initializers
     * @param libraries the class path that applications share: searched for initializers, tag libraries, and classes that the application names
     * @param warnings where to tell what the operator should know; the deployment goes on
     */
    public WebAppReader(WarFiles war, ClassLoader server, List<Path> libraries, Consumer<String> warnings) {
        this.war = war;
        this.server = server;
        this.libraries = List.copyOf(libraries);
        this.warnings = warnings;
    }

    /**
     * The merged and checked descriptor.
     *
     * @param resources the directories that the {@code META-INF/resources} of JARs are unpacked in
     */
    public WebApp read(Map<Path, Path> resources) throws WarException, IOException {
        var webXml = webXml();
        boolean complete = webXml.isMetadataComplete();
        var fragments = fragments();
        var order = FragmentOrder.of(absoluteOrdering(webXml), orderings(fragments), war.name());
        var index = ClassIndex.of(war, SharedLibraries.reader(libraries, server), warnings);
        boolean distributable = distributable(webXml, complete, order, fragments);
        merge(webXml, complete, order, fragments, index);
        var webApp = assemble(webXml, complete, distributable, order, fragments, index, resources);
        new Checks(war.name(), index, warnings).check(webApp);
        NamingRecords.unsupported(webXml)
                .forEach((element, names) ->
                        warnings.accept("%s has <%s> %s, and Narwhal has nothing of that kind: looking it up will fail."
                                .formatted(war.name(), element, String.join(", ", names))));
        return webApp;
    }

    private WebMetaData webXml() throws WarException, IOException {
        if (!Files.isRegularFile(war.webXml())) {
            return new WebMetaData();
        }
        try (var in = Files.newInputStream(war.webXml())) {
            return DescriptorParser.webXml(in, "WEB-INF/web.xml", war.name());
        }
    }

    /** The descriptors of the JARs that have one, by file name. */
    private Map<String, WebFragmentMetaData> fragments() throws WarException, IOException {
        var fragments = new LinkedHashMap<String, WebFragmentMetaData>();
        for (var jar : war.jars()) {
            try (var zip = new ZipFile(jar.toFile())) {
                var entry = zip.getEntry("META-INF/web-fragment.xml");
                if (entry != null) {
                    var name = WarFiles.fileName(jar);
                    try (var in = zip.getInputStream(entry)) {
                        fragments.put(
                                name, DescriptorParser.fragment(in, name + "!META-INF/web-fragment.xml", war.name()));
                    }
                }
            } catch (ZipException e) {
                throw new WarException(
                        "reading " + war.within(jar) + ": it is not a JAR or it is damaged (" + e.getMessage()
                                + "). Build the WAR again.",
                        e);
            }
        }
        return fragments;
    }

    private static Optional<List<String>> absoluteOrdering(WebMetaData webXml) {
        return Optional.ofNullable(webXml.getAbsoluteOrdering())
                .map(ordering -> Records.orEmpty(ordering.getOrdering()).stream()
                        .map(element -> element.isOthers() ? FragmentOrder.OTHERS : element.getName())
                        .toList());
    }

    private List<FragmentOrder.Fragment> orderings(Map<String, WebFragmentMetaData> fragments) {
        return war.jars().stream()
                .map(WarFiles::fileName)
                .map(jar -> ordering(jar, fragments.get(jar)))
                .toList();
    }

    private static FragmentOrder.Fragment ordering(String jar, @Nullable WebFragmentMetaData fragment) {
        var name = fragment == null || fragment.getName() == null ? "" : fragment.getName();
        var ordering = fragment == null ? null : fragment.getOrdering();
        var before = ordering == null ? List.<OrderingElementMetaData>of() : elements(ordering.getBefore());
        var after = ordering == null ? List.<OrderingElementMetaData>of() : elements(ordering.getAfter());
        return new FragmentOrder.Fragment(
                jar,
                name,
                names(before),
                before.stream().anyMatch(OrderingElementMetaData::isOthers),
                names(after),
                after.stream().anyMatch(OrderingElementMetaData::isOthers));
    }

    private static List<OrderingElementMetaData> elements(@Nullable RelativeOrderingMetaData ordering) {
        return ordering == null ? List.of() : List.copyOf(Records.orEmpty(ordering.getOrdering()));
    }

    private static List<String> names(List<OrderingElementMetaData> elements) {
        return elements.stream()
                .filter(element -> !element.isOthers())
                .map(OrderingElementMetaData::getName)
                .toList();
    }

    /** Servlet 6.1 §8.2.3: only if the descriptor and all fragments say so; a JAR without descriptor has no say. */
    private static boolean distributable(
            WebMetaData webXml, boolean complete, FragmentOrder order, Map<String, WebFragmentMetaData> fragments) {
        return webXml.getDistributable() != null
                && (complete
                        || order.jars().stream()
                                .flatMap(jar -> Stream.ofNullable(fragments.get(jar)))
                                .allMatch(fragment -> fragment.getDistributable() != null));
    }

    private void merge(
            WebMetaData webXml,
            boolean complete,
            FragmentOrder order,
            Map<String, WebFragmentMetaData> fragments,
            ClassIndex index)
            throws WarException {
        if (complete) {
            return; // Servlet 6.1 §8.1: neither annotations nor fragments
        }
        var classes = war.classes().isEmpty()
                ? new WebMetaData()
                : AnnotatedComponents.read(index.classesIn(war.classes().get()), "WEB-INF/classes of " + war.name());
        var taking = new LinkedHashMap<String, WebFragmentMetaData>();
        for (var jar : jars(order)) {
            var name = WarFiles.fileName(jar);
            var fragment = Optional.ofNullable(fragments.get(name)).orElseGet(WebFragmentMetaData::new);
            if (!fragment.isMetadataComplete()) {
                Merger.withAnnotations(fragment, AnnotatedComponents.read(index.classesIn(jar), war.within(jar)));
            }
            taking.put(name, fragment);
        }
        new Merger(webXml, war.name()).merge(classes, taking);
    }

    private List<Path> jars(FragmentOrder order) {
        return order.jars().stream()
                .map(name -> war.documentRoot().resolve("WEB-INF/lib").resolve(name))
                .toList();
    }

    private WebApp assemble(
            WebMetaData merged,
            boolean complete,
            boolean distributable,
            FragmentOrder order,
            Map<String, WebFragmentMetaData> fragments,
            ClassIndex index,
            Map<Path, Path> resources)
            throws WarException, IOException {
        var parts = Stream.concat(war.classes().stream(), jars(order).stream()).toList();
        var records = new Records(merged, new Annotations(index, complete), war.name());
        var servlets = records.servlets(IMPLICIT_SERVLETS);
        var contextXml = ContextXml.of(war);
        var naming = NamingRecords.of(merged);
        if (!complete) {
            naming =
                    new AnnotatedReferences(index).addTo(naming, components(records, servlets), index.classesIn(parts));
        }
        var roles = complete ? Set.<String>of() : Annotations.declaredRoles(index.classesIn(parts));
        return new WebApp(
                records.displayName(),
                records.version(),
                complete,
                distributable,
                Optional.ofNullable(merged.getDefaultContextPath()),
                Optional.ofNullable(merged.getRequestCharacterEncoding()),
                Optional.ofNullable(merged.getResponseCharacterEncoding()),
                contextXml.addTo(records.contextParams()),
                new Initializers(war, index, parts).find(libraries, parts, server),
                records.listeners(),
                records.filters(),
                records.filterMappings(),
                servlets,
                records.errorPages(),
                records.welcomeFiles(),
                records.mimeTypes(),
                records.localeEncodings(),
                contextXml.addTo(records.session()),
                SecurityRecords.of(merged, servlets, roles),
                records.jsp(new PageFiles(war, index, warnings).find(resources.values(), servlets, libraries)),
                contextXml.addTo(naming),
                layout(order, fragments, resources));
    }

    /** The classes that the container makes instances of, as far as they are declared. */
    private static List<String> components(Records records, List<WebApp.Servlet> servlets) throws WarException {
        var servletClasses = servlets.stream().flatMap(servlet -> servlet.className().stream());
        var filterClasses = records.filters().stream().map(WebApp.Filter::className);
        return Stream.of(servletClasses, filterClasses, records.listeners().stream())
                .flatMap(classes -> classes)
                .distinct()
                .toList();
    }

    private WebApp.Layout layout(
            FragmentOrder order, Map<String, WebFragmentMetaData> fragments, Map<Path, Path> resources) {
        // The specification gives no order for resources: those that take part come first, as in Tomcat.
        var searched = new LinkedHashSet<>(jars(order));
        searched.addAll(war.jars());
        var classPath = new ArrayList<Path>();
        war.classes().ifPresent(classPath::add);
        classPath.addAll(war.jars());
        return new WebApp.Layout(
                war.documentRoot(),
                searched.stream()
                        .flatMap(jar -> Stream.ofNullable(resources.get(jar)))
                        .toList(),
                classPath,
                order.jars().stream()
                        .map(jar -> new WebApp.Fragment(
                                ordering(jar, fragments.get(jar)).name(), jar))
                        .toList(),
                order.declared() ? Optional.of(order.jars()) : Optional.empty());
    }
}
