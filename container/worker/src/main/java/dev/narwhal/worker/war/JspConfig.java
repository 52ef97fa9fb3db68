package dev.narwhal.worker.war;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the JSP engine wants to know.
 *
 * @param taglibs from {@code <jsp-config>}, as it says it: for {@code ServletContext.getJspConfigDescriptor()}
 * @param propertyGroups from {@code <jsp-config>} too
 * @param pages what the files of the application say
 */
public record JspConfig(List<Taglib> taglibs, List<PropertyGroup> propertyGroups, Pages pages) {

    /** The class of Tomcat's servlet for pages. Old applications declare it themselves; it is the server's, whatever the WAR brings. */
    public static final String SERVLET = "org.apache.jasper.servlet.JspServlet";

    public JspConfig {
        taglibs = List.copyOf(taglibs);
        propertyGroups = List.copyOf(propertyGroups);
    }

    /**
     * Pages and tag libraries that were found in the files.
     *
     * @param found whether there is any page, tag file or tag library, or a servlet that is a page; without, no JSP engine is needed
     * @param libraries the tag libraries in JARs
     * @param listeners class names that tag libraries declare, wherever they are
     */
    public record Pages(boolean found, List<Library> libraries, List<String> listeners) {

        public static final Pages NONE = new Pages(false, List.of(), List.of());

        public Pages {
            libraries = List.copyOf(libraries);
            listeners = List.copyOf(listeners);
        }
    }

    /**
     * A tag library in a JAR.
     *
     * @param jar where it is
     * @param entry the name of its {@code .tld} in there
     */
    public record Library(Path jar, String entry) {}

    public record Taglib(String uri, String location) {}

    /** A {@code <jsp-property-group>}; the values are those of the elements, unparsed. */
    public record PropertyGroup(
            List<String> urlPatterns,
            Optional<String> elIgnored,
            Optional<String> errorOnElNotFound,
            Optional<String> pageEncoding,
            Optional<String> scriptingInvalid,
            Optional<String> isXml,
            List<String> includePreludes,
            List<String> includeCodas,
            Optional<String> deferredSyntaxAllowedAsLiteral,
            Optional<String> trimDirectiveWhitespaces,
            Optional<String> defaultContentType,
            Optional<String> buffer,
            Optional<String> errorOnUndeclaredNamespace) {

        public PropertyGroup {
            urlPatterns = List.copyOf(urlPatterns);
            includePreludes = List.copyOf(includePreludes);
            includeCodas = List.copyOf(includeCodas);
        }
    }
}
