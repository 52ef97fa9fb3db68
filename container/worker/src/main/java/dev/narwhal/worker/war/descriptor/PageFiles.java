package dev.narwhal.worker.war.descriptor;

import dev.narwhal.worker.war.JspConfig;
import dev.narwhal.worker.war.WebApp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jboss.jandex.DotName;

/** Finds out whether an application has JSP pages, and where its tag libraries are (Pages 4.0 §7.3). */
final class PageFiles {

    private static final Set<String> EXTENSIONS = Set.of("jsp", "jspx", "jspf", "tag", "tagx", "tld");
    private static final String LIBRARY = ".tld";

    /** What a page extends that was compiled elsewhere and lies among the classes. */
    private static final DotName PAGE_CLASS = DotName.createSimple("org.apache.jasper.runtime.HttpJspBase");

    private final WarFiles war;
    private final ClassIndex index;
    private final Consumer<String> warnings;
    private final List<JspConfig.Library> libraries = new ArrayList<>();
    private final Set<String> listeners = new LinkedHashSet<>();
    private boolean found;

    PageFiles(WarFiles war, ClassIndex index, Consumer<String> warnings) {
        this.war = war;
        this.index = index;
        this.warnings = warnings;
    }

    /**
     * Looks at all files.
     *
     * @param shared the class path that other applications see too
     * @param resources the directories with the {@code META-INF/resources} of JARs
     */
    JspConfig.Pages find(Collection<Path> resources, List<WebApp.Servlet> servlets, List<Path> shared)
            throws IOException {
        readDirectory(war.documentRoot());
        for (var directory : resources) {
            readDirectory(directory);
        }
        for (var jar : war.jars()) {
            readJar(jar);
        }
        boolean own = found;
        for (var jar : shared) {
            if (Files.isRegularFile(jar)) {
                readJar(jar);
            }
        }
        found = own; // a library that others may need makes no pages
        var parts = Stream.concat(war.classes().stream(), war.jars().stream()).toList();
        found |= index.classesIn(parts).stream().anyMatch(type -> PAGE_CLASS.equals(type.superName()));
        for (var servlet : servlets) {
            found |= servlet.jspFile().isPresent()
                    || servlet.name().equals("jsp")
                    || servlet.className().equals(Optional.of(JspConfig.SERVLET));
        }
        return new JspConfig.Pages(found, libraries, List.copyOf(listeners));
    }

    private void readDirectory(Path directory) throws IOException {
        var inside = directory.resolve("WEB-INF");
        var noLibraries = List.of(inside.resolve("classes"), inside.resolve("lib"), inside.resolve("tags"));
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted().toList()) {
                var name = WarFiles.fileName(file);
                if (EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1)) && Files.isRegularFile(file)) {
                    found = true;
                    if (name.endsWith(LIBRARY)
                            && file.startsWith(inside)
                            && noLibraries.stream().noneMatch(file::startsWith)) {
                        try (var in = Files.newInputStream(file)) {
                            readLibrary(in, war.within(file));
                        }
                    }
                }
            }
        }
    }

    private void readJar(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry : zip.stream().toList()) {
                var name = entry.getName();
                if (name.startsWith("META-INF/") && name.endsWith(LIBRARY)) {
                    found = true;
                    try (var in = zip.getInputStream(entry)) {
                        if (readLibrary(in, name + " in " + war.within(jar))) {
                            libraries.add(new JspConfig.Library(jar, name));
                        }
                    }
                }
            }
        }
    }

    /** Notes the listeners of a tag library; returns whether it is one. */
    private boolean readLibrary(InputStream in, String where) {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((_, _, _, _) -> InputStream.nullInputStream());
        try {
            var reader = factory.createXMLStreamReader(in);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("listener-class")) {
                    listeners.add(reader.getElementText().strip());
                }
            }
            return true;
        } catch (XMLStreamException e) {
            warnings.accept("reading the tag library " + where + ": "
                    + String.valueOf(e.getMessage()).replace('\n', ' ')
                    + ". Pages that use it will fail; correct the file.");
            return false;
        }
    }
}
