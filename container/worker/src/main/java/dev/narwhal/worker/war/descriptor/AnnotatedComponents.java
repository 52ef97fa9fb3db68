package dev.narwhal.worker.war.descriptor;

import static dev.narwhal.worker.war.descriptor.Annotations.enums;
import static dev.narwhal.worker.war.descriptor.Annotations.flag;
import static dev.narwhal.worker.war.descriptor.Annotations.nested;
import static dev.narwhal.worker.war.descriptor.Annotations.number;
import static dev.narwhal.worker.war.descriptor.Annotations.strings;
import static dev.narwhal.worker.war.descriptor.Annotations.text;

import dev.narwhal.worker.war.WarException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.metadata.javaee.spec.ParamValueMetaData;
import org.jboss.metadata.web.spec.DispatcherType;
import org.jboss.metadata.web.spec.FilterMappingMetaData;
import org.jboss.metadata.web.spec.FilterMetaData;
import org.jboss.metadata.web.spec.FiltersMetaData;
import org.jboss.metadata.web.spec.ListenerMetaData;
import org.jboss.metadata.web.spec.ServletMappingMetaData;
import org.jboss.metadata.web.spec.ServletMetaData;
import org.jboss.metadata.web.spec.ServletsMetaData;
import org.jboss.metadata.web.spec.WebMetaData;

/**
 * {@code @WebServlet}, {@code @WebFilter} and {@code @WebListener} of one JAR or of {@code WEB-INF/classes}, in the form of a
 * descriptor, so that they can be merged like one.
 */
final class AnnotatedComponents {

    private static final DotName SERVLET = DotName.createSimple("jakarta.servlet.annotation.WebServlet");
    private static final DotName FILTER = DotName.createSimple("jakarta.servlet.annotation.WebFilter");
    private static final DotName LISTENER = DotName.createSimple("jakarta.servlet.annotation.WebListener");

    private final String where;
    private final ServletsMetaData servlets = new ServletsMetaData();
    private final List<ServletMappingMetaData> servletMappings = new ArrayList<>();
    private final FiltersMetaData filters = new FiltersMetaData();
    private final List<FilterMappingMetaData> filterMappings = new ArrayList<>();
    private final List<ListenerMetaData> listeners = new ArrayList<>();

    private AnnotatedComponents(String where) {
        this.where = where;
    }

    /**
     * Reads the annotations.
     *
     * @param where what messages call the JAR or directory
     */
    static WebMetaData read(Collection<ClassInfo> classes, String where) throws WarException {
        var components = new AnnotatedComponents(where);
        for (var type : classes) {
            components.add(type);
        }
        return components.toDescriptor();
    }

    private void add(ClassInfo type) throws WarException {
        var name = type.name().toString();
        var servlet = type.declaredAnnotation(SERVLET);
        if (servlet != null) {
            addServlet(name, servlet);
        }
        var filter = type.declaredAnnotation(FILTER);
        if (filter != null) {
            addFilter(name, filter);
        }
        if (type.declaredAnnotation(LISTENER) != null) {
            var listener = new ListenerMetaData();
            listener.setListenerClass(name);
            listeners.add(listener);
        }
    }

    private void addServlet(String className, AnnotationInstance annotation) throws WarException {
        var servlet = new ServletMetaData();
        servlet.setServletName(text(annotation, "name").isEmpty() ? className : text(annotation, "name"));
        servlet.setServletClass(className);
        servlet.setInitParam(params(annotation));
        if (annotation.value("loadOnStartup") != null) {
            servlet.setLoadOnStartup(
                    Long.toString(number(annotation, "loadOnStartup", -1)).intern());
        }
        if (flag(annotation, "asyncSupported")) {
            servlet.setAsyncSupported(true);
        }
        if (servlets.containsKey(servlet.getServletName())) {
            throw twice(
                    "@WebServlet",
                    servlet.getServletName(),
                    servlets.get(servlet.getServletName()).getServletClass(),
                    className);
        }
        servlets.add(servlet);
        var patterns = patterns(annotation, "@WebServlet", className);
        if (!patterns.isEmpty()) {
            var mapping = new ServletMappingMetaData();
            mapping.setServletName(servlet.getServletName());
            mapping.setUrlPatterns(patterns);
            servletMappings.add(mapping);
        }
    }

    private void addFilter(String className, AnnotationInstance annotation) throws WarException {
        var filter = new FilterMetaData();
        filter.setFilterName(text(annotation, "filterName").isEmpty() ? className : text(annotation, "filterName"));
        filter.setFilterClass(className);
        filter.setInitParam(params(annotation));
        if (flag(annotation, "asyncSupported")) {
            filter.setAsyncSupported(true);
        }
        if (filters.containsKey(filter.getFilterName())) {
            throw twice(
                    "@WebFilter",
                    filter.getFilterName(),
                    filters.get(filter.getFilterName()).getFilterClass(),
                    className);
        }
        filters.add(filter);
        var mapping = new FilterMappingMetaData();
        mapping.setFilterName(filter.getFilterName());
        mapping.setUrlPatterns(patterns(annotation, "@WebFilter", className));
        mapping.setServletNames(new ArrayList<>(strings(annotation, "servletNames")));
        mapping.setDispatchers(new ArrayList<>(enums(annotation, "dispatcherTypes").stream()
                .map(DispatcherType::valueOf)
                .toList()));
        if (!mapping.getUrlPatterns().isEmpty() || !mapping.getServletNames().isEmpty()) {
            filterMappings.add(mapping);
        }
    }

    private static List<ParamValueMetaData> params(AnnotationInstance annotation) {
        var params = new ArrayList<ParamValueMetaData>();
        for (var param : nested(annotation, "initParams")) {
            var value = new ParamValueMetaData();
            value.setParamName(text(param, "name"));
            value.setParamValue(text(param, "value"));
            params.add(value);
        }
        return params;
    }

    private List<String> patterns(AnnotationInstance annotation, String kind, String className) throws WarException {
        var value = strings(annotation, "value");
        var patterns = strings(annotation, "urlPatterns");
        if (!value.isEmpty() && !patterns.isEmpty()) {
            throw new WarException("reading " + kind + " of " + className + " in " + where
                    + ": it has both value and urlPatterns. Put all patterns into one of them.");
        }
        return new ArrayList<>(value.isEmpty() ? patterns : value);
    }

    private WarException twice(String kind, String name, String first, String second) {
        return new WarException("reading " + kind + " in " + where + ": " + first + " and " + second
                + " have the same name '" + name + "'. Give one of them another name.");
    }

    private WebMetaData toDescriptor() {
        var descriptor = new WebMetaData();
        descriptor.setServlets(servlets);
        descriptor.setServletMappings(servletMappings);
        descriptor.setFilters(filters);
        descriptor.setFilterMappings(filterMappings);
        descriptor.setListeners(listeners);
        return descriptor;
    }
}
