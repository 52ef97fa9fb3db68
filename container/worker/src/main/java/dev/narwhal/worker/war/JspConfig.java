package dev.narwhal.worker.war;

import java.util.List;
import java.util.Optional;

/** What {@code <jsp-config>} says, as it says it: for {@code ServletContext.getJspConfigDescriptor()} and the JSP engine. */
public record JspConfig(List<Taglib> taglibs, List<PropertyGroup> propertyGroups) {

    public JspConfig {
        taglibs = List.copyOf(taglibs);
        propertyGroups = List.copyOf(propertyGroups);
    }

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
