package dev.narwhal.worker.war.descriptor;

import dev.narwhal.worker.war.WarException;
import java.util.Map;
import org.jboss.metadata.merge.web.spec.WebCommonMetaDataMerger;
import org.jboss.metadata.web.spec.FilterMetaData;
import org.jboss.metadata.web.spec.FiltersMetaData;
import org.jboss.metadata.web.spec.ServletMetaData;
import org.jboss.metadata.web.spec.ServletsMetaData;
import org.jboss.metadata.web.spec.WebCommonMetaData;
import org.jboss.metadata.web.spec.WebFragmentMetaData;
import org.jboss.metadata.web.spec.WebMetaData;

/**
 * Merges {@code web.xml}, the annotations and the fragments, in the order in which WildFly does it (Servlet 6.1 §8.2.3): what
 * {@code web.xml} says wins over the annotations of {@code WEB-INF/classes}, both win over the fragments, and a fragment's
 * descriptor wins over its own annotations. Fragments that contradict each other are an error unless {@code web.xml} decides.
 */
final class Merger {

    private final String war;
    private final WebMetaData webXml;

    /**
     * Prepares to merge into {@code webXml}, which is changed.
     *
     * @param war what messages call the application
     */
    Merger(WebMetaData webXml, String war) {
        this.war = war;
        this.webXml = webXml;
    }

    /**
     * Merges everything into {@code web.xml}.
     *
     * @param classes the annotations of {@code WEB-INF/classes}
     * @param fragments the fragments that take part, each with its annotations already in, in order, by the JAR's name
     */
    void merge(WebMetaData classes, Map<String, WebFragmentMetaData> fragments) throws WarException {
        WebCommonMetaDataMerger.augment(webXml, classes, null, true);
        var decided = decided(fragments);
        var all = new WebFragmentMetaData();
        for (var fragment : fragments.entrySet()) {
            try {
                WebCommonMetaDataMerger.augment(all, fragment.getValue(), decided, false);
            } catch (IllegalStateException e) {
                throw new WarException(
                        "merging the fragments of " + war + ": " + fragment.getKey()
                                + " contradicts an earlier fragment (" + e.getMessage()
                                + "). Decide it in WEB-INF/web.xml.",
                        e);
            }
        }
        WebCommonMetaDataMerger.augment(webXml, all, decided, true);
    }

    /** A fragment with what the annotations of its JAR add. */
    static WebFragmentMetaData withAnnotations(WebFragmentMetaData fragment, WebMetaData annotations) {
        WebCommonMetaDataMerger.augment(fragment, annotations, null, true);
        return fragment;
    }

    /**
     * What {@code web.xml} decides, for the detection of conflicts. The library asks for a servlet here without a look whether it
     * is there, so every name has to have at least an empty entry.
     */
    private WebMetaData decided(Map<String, WebFragmentMetaData> fragments) {
        var decided = new WebMetaData();
        decided.setContextParams(webXml.getContextParams());
        decided.setSessionConfig(webXml.getSessionConfig());
        decided.setErrorPages(webXml.getErrorPages());
        decided.setJspConfig(webXml.getJspConfig());
        decided.setLoginConfig(webXml.getLoginConfig());
        decided.setMimeMappings(webXml.getMimeMappings());
        decided.setLocalEncodings(webXml.getLocalEncodings());
        if (webXml.getJndiEnvironmentRefsGroup() != null) {
            decided.setJndiEnvironmentRefsGroup(webXml.getJndiEnvironmentRefsGroup());
        }
        decided.setMessageDestinations(webXml.getMessageDestinations());
        decided.setServlets(new ServletsMetaData());
        decided.setFilters(new FiltersMetaData());
        fragments.values().forEach(fragment -> addStubs(fragment, decided));
        if (webXml.getServlets() != null) {
            decided.getServlets().addAll(webXml.getServlets());
        }
        if (webXml.getFilters() != null) {
            decided.getFilters().addAll(webXml.getFilters());
        }
        return decided;
    }

    private static void addStubs(WebCommonMetaData fragment, WebMetaData decided) {
        if (fragment.getServlets() != null) {
            for (ServletMetaData servlet : fragment.getServlets()) {
                var stub = new ServletMetaData();
                stub.setServletName(servlet.getServletName());
                decided.getServlets().add(stub);
            }
        }
        if (fragment.getFilters() != null) {
            for (FilterMetaData filter : fragment.getFilters()) {
                var stub = new FilterMetaData();
                stub.setFilterName(filter.getFilterName());
                decided.getFilters().add(stub);
            }
        }
    }
}
