package dev.narwhal.migration;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * Which Servlet API an application is written for.
 *
 * <p>Many libraries serve both, or mention one for those who need it, so what a library refers to says nothing. What does, in this order,
 * and the first that says something counts: the classes that {@code web.xml} names; the application's own classes, with what they
 * extend, and its pages; what the libraries register by themselves. Where own code is written for both, {@code web.xml} decides, and
 * otherwise it is left alone.
 */
final class Evidence {

    private static final Set<String> COMPONENTS =
            Set.of("servlet-class", "filter-class", "listener-class", "tag-class", "tagclass", "tei-class");
    private static final Set<String> PAGES = Set.of("jsp", "jspf", "jspx", "tag", "tagf", "tagx");
    private static final List<String> ANNOTATIONS = List.of("WebServlet", "WebFilter", "WebListener");

    private final Path app;
    private final AppClasses classes;

    private Evidence(Path app, AppClasses classes) {
        this.app = app;
        this.classes = classes;
    }

    /** Whether an unpacked application is written for {@code javax.servlet}. */
    static boolean saysJavax(Path app) throws IOException {
        try (var classes = AppClasses.open(app)) {
            return new Evidence(app, classes).saysJavax();
        }
    }

    private boolean saysJavax() throws IOException {
        var named = ofDescriptor(app.resolve("WEB-INF/web.xml"));
        if (!named.isEmpty()) {
            return named.contains(ServletApi.JAVAX);
        }
        var own = ofOwnFiles();
        if (!own.isEmpty()) {
            return !own.contains(ServletApi.JAKARTA);
        }
        var registered = ofLibraries();
        return registered.contains(ServletApi.JAVAX) && !registered.contains(ServletApi.JAKARTA);
    }

    private Set<ServletApi> ofDescriptor(Path file) throws IOException {
        return Files.isRegularFile(file) ? ofDescriptor(Files.readAllBytes(file)) : Set.of();
    }

    /** The APIs that the components named in a descriptor come from in the end. */
    private Set<ServletApi> ofDescriptor(byte[] xml) throws IOException {
        var found = EnumSet.noneOf(ServletApi.class);
        for (var component : components(xml)) {
            found.addAll(roots(component.replace('.', '/')));
        }
        return found;
    }

    private static List<String> components(byte[] xml) {
        var names = new ArrayList<String>();
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            var reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT && COMPONENTS.contains(reader.getLocalName())) {
                    names.add(reader.getElementText().strip());
                }
            }
        } catch (XMLStreamException _) {
            // whoever reads the descriptor in earnest says what is wrong with it
        }
        return names;
    }

    private Set<ServletApi> roots(String name) throws IOException {
        var found = EnumSet.noneOf(ServletApi.class);
        var seen = new HashSet<String>();
        var open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            var next = open.pop();
            ServletApi.of(next).ifPresent(found::add);
            if (seen.add(next) && ServletApi.of(next).isEmpty()) {
                open.addAll(supertypes(next));
            }
        }
        return found;
    }

    private List<String> supertypes(String name) throws IOException {
        return classes.find(name).flatMap(ServletApi::parse).stream()
                .flatMap(Evidence::supertypes)
                .toList();
    }

    private static Stream<String> supertypes(ClassModel type) {
        return Stream.concat(type.superclass().stream(), type.interfaces().stream())
                .map(ClassEntry::asInternalName)
                .filter(name -> !name.startsWith("java/"));
    }

    private Set<ServletApi> ofOwnFiles() throws IOException {
        var found = EnumSet.noneOf(ServletApi.class);
        var foreign = new HashSet<String>();
        try (var files = Files.walk(app)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var extension = extension(file.toString());
                if (extension.equals("class") && file.startsWith(classes.classes())) {
                    var bytes = Files.readAllBytes(file);
                    found.addAll(ServletApi.referredTo(bytes));
                    ServletApi.parse(bytes).ifPresent(type -> supertypes(type).forEach(foreign::add));
                } else if (PAGES.contains(extension)) {
                    found.addAll(ServletApi.inPage(Files.readString(file, StandardCharsets.ISO_8859_1)));
                } else if (extension.equals("tld")) {
                    found.addAll(ofDescriptor(file));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return found.isEmpty() ? ofSupertypes(foreign) : found;
    }

    /** An own class may know the API only through what it extends: {@code SpringBootServletInitializer}. */
    private Set<ServletApi> ofSupertypes(Set<String> names) throws IOException {
        var found = EnumSet.noneOf(ServletApi.class);
        var seen = new HashSet<String>();
        var open = new ArrayDeque<>(names);
        while (!open.isEmpty()) {
            var name = open.pop();
            if (seen.add(name)) {
                var bytes = classes.find(name);
                if (bytes.isPresent()) {
                    found.addAll(ServletApi.referredTo(bytes.get()));
                    open.addAll(supertypes(name));
                }
            }
        }
        return found;
    }

    private Set<ServletApi> ofLibraries() throws IOException {
        var found = EnumSet.noneOf(ServletApi.class);
        for (var jar : classes.jars()) {
            for (var api : ServletApi.values()) {
                if (jar.getEntry("META-INF/services/" + api.word() + ".servlet.ServletContainerInitializer") != null) {
                    found.add(api);
                }
            }
            for (var entry : Collections.list(jar.entries())) {
                var name = entry.getName();
                boolean descriptor = name.equals("META-INF/web-fragment.xml")
                        || (name.startsWith("META-INF/") && name.endsWith(".tld"));
                if (descriptor) {
                    found.addAll(ofDescriptor(AppClasses.read(jar, entry)));
                }
            }
        }
        return found.isEmpty() ? ofAnnotations() : found;
    }

    private Set<ServletApi> ofAnnotations() throws IOException {
        var found = EnumSet.noneOf(ServletApi.class);
        for (var jar : classes.jars()) {
            found.addAll(ofAnnotations(jar));
        }
        return found;
    }

    private static Set<ServletApi> ofAnnotations(ZipFile jar) throws IOException {
        var found = EnumSet.noneOf(ServletApi.class);
        for (var entry : Collections.list(jar.entries())) {
            if (extension(entry.getName()).equals("class")) {
                var text = new String(AppClasses.read(jar, entry), StandardCharsets.ISO_8859_1);
                for (var api : ServletApi.values()) {
                    var start = "L" + api.word() + "/servlet/annotation/";
                    if (ANNOTATIONS.stream().anyMatch(annotation -> text.contains(start + annotation + ";"))
                            && !entry.getName().startsWith(api.word() + "/")) {
                        found.add(api);
                    }
                }
            }
        }
        return found;
    }

    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
