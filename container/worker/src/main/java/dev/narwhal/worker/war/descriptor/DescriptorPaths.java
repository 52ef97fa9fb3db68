package dev.narwhal.worker.war.descriptor;

import static dev.narwhal.worker.war.descriptor.Records.orEmpty;

import dev.narwhal.worker.war.WarException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jboss.metadata.web.spec.ErrorPageMetaData;
import org.jboss.metadata.web.spec.FilterMappingMetaData;
import org.jboss.metadata.web.spec.SecurityConstraintMetaData;
import org.jboss.metadata.web.spec.ServletMappingMetaData;
import org.jboss.metadata.web.spec.ServletMetaData;
import org.jboss.metadata.web.spec.WebCommonMetaData;
import org.jboss.metadata.web.spec.WebResourceCollectionMetaData;
import org.jspecify.annotations.Nullable;

/**
 * Makes the paths of a descriptor canonical (Servlet 6.1 §14.2), as those of requests are: {@code /a/../b} is {@code /b}. A constraint or a
 * mapping for the former would otherwise never match anything.
 */
final class DescriptorPaths {

    private final String file;
    private final String war;

    private DescriptorPaths(String file, String war) {
        this.file = file;
        this.war = war;
    }

    /** Changes the descriptor. */
    static void canonicalize(WebCommonMetaData descriptor, String file, String war) throws WarException {
        new DescriptorPaths(file, war).canonicalize(descriptor);
    }

    private void canonicalize(WebCommonMetaData descriptor) throws WarException {
        for (ServletMetaData servlet : orEmpty(descriptor.getServlets())) {
            servlet.setJspFile(canonical(servlet.getJspFile()));
        }
        for (ServletMappingMetaData mapping : orEmpty(descriptor.getServletMappings())) {
            mapping.setUrlPatterns(canonical(mapping.getUrlPatterns()));
        }
        for (FilterMappingMetaData mapping : orEmpty(descriptor.getFilterMappings())) {
            mapping.setUrlPatterns(canonical(mapping.getUrlPatterns()));
        }
        for (SecurityConstraintMetaData constraint : orEmpty(descriptor.getSecurityConstraints())) {
            for (WebResourceCollectionMetaData resources : orEmpty(constraint.getResourceCollections())) {
                resources.setUrlPatterns(canonical(resources.getUrlPatterns()));
            }
        }
        for (ErrorPageMetaData page : orEmpty(descriptor.getErrorPages())) {
            page.setLocation(canonical(page.getLocation()));
        }
        if (descriptor.getLoginConfig() != null && descriptor.getLoginConfig().getFormLoginConfig() != null) {
            var form = descriptor.getLoginConfig().getFormLoginConfig();
            form.setLoginPage(canonical(form.getLoginPage()));
            form.setErrorPage(canonical(form.getErrorPage()));
        }
    }

    private @Nullable List<String> canonical(@Nullable Collection<String> paths) throws WarException {
        if (paths == null) {
            return null;
        }
        var canonical = new ArrayList<String>();
        for (var path : paths) {
            canonical.add(segments(path));
        }
        return canonical;
    }

    private @Nullable String canonical(@Nullable String path) throws WarException {
        if (path == null) {
            return null;
        }
        int query = path.indexOf('?');
        return query < 0 ? segments(path) : segments(path.substring(0, query)) + path.substring(query);
    }

    private String segments(String path) throws WarException {
        if (!path.contains("./") && !path.endsWith("/.") && !path.endsWith("/..")) {
            return path;
        }
        var kept = new ArrayDeque<String>();
        var segment = "";
        for (var each : path.split("/", -1)) {
            segment = each;
            boolean back = each.equals("..");
            if (back && (kept.isEmpty() || (kept.size() == 1 && kept.getLast().isEmpty()))) {
                throw new WarException("reading " + file + " of " + war + ": the path '" + path
                        + "' leads out of the application. Correct it.");
            }
            if (back) {
                kept.removeLast();
            } else if (!each.equals(".")) {
                kept.addLast(each);
            }
        }
        var joined = String.join("/", kept);
        return segment.equals(".") || segment.equals("..") ? joined + "/" : joined;
    }
}
