package dev.narwhal.worker.war.descriptor;

import dev.narwhal.worker.war.JspConfig;
import dev.narwhal.worker.war.SessionConfig;
import dev.narwhal.worker.war.WarException;
import dev.narwhal.worker.war.WebApp.ErrorPage;
import dev.narwhal.worker.war.WebApp.Filter;
import dev.narwhal.worker.war.WebApp.FilterMapping;
import dev.narwhal.worker.war.WebApp.Multipart;
import dev.narwhal.worker.war.WebApp.Servlet;
import dev.narwhal.worker.war.WebApp.Version;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.SessionTrackingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.metadata.javaee.spec.ParamValueMetaData;
import org.jboss.metadata.web.spec.CookieConfigMetaData;
import org.jboss.metadata.web.spec.ErrorPageMetaData;
import org.jboss.metadata.web.spec.FilterMappingMetaData;
import org.jboss.metadata.web.spec.FilterMetaData;
import org.jboss.metadata.web.spec.JspConfigMetaData;
import org.jboss.metadata.web.spec.JspPropertyGroupMetaData;
import org.jboss.metadata.web.spec.LocaleEncodingsMetaData;
import org.jboss.metadata.web.spec.MimeMappingMetaData;
import org.jboss.metadata.web.spec.MultipartConfigMetaData;
import org.jboss.metadata.web.spec.ServletMetaData;
import org.jboss.metadata.web.spec.SessionConfigMetaData;
import org.jboss.metadata.web.spec.WebMetaData;
import org.jboss.metadata.web.spec.WelcomeFileListMetaData;
import org.jspecify.annotations.Nullable;

/** Turns a merged descriptor into records. Null stands for "not there" on this side of the border only. */
final class Records {

    private static final List<String> WELCOME_FILES = List.of("index.html", "index.htm", "index.jsp");

    private final WebMetaData descriptor;
    private final Annotations annotations;
    private final String war;

    Records(WebMetaData descriptor, Annotations annotations, String war) {
        this.descriptor = descriptor;
        this.annotations = annotations;
        this.war = war;
    }

    static <T> Collection<T> orEmpty(@Nullable Collection<T> collection) {
        return collection == null ? List.of() : collection;
    }

    Optional<String> displayName() {
        return Optional.ofNullable(descriptor.getDescriptionGroup()).map(group -> group.getDisplayName());
    }

    Version version() throws WarException {
        var version = descriptor.getVersion();
        var parts = version == null ? new String[] {"6", "1"} : version.strip().split("\\.", -1);
        try {
            return new Version(Integer.parseInt(parts[0]), parts.length > 1 ? Integer.parseInt(parts[1]) : 0);
        } catch (NumberFormatException e) {
            throw new WarException(
                    "reading WEB-INF/web.xml of " + war + ": the version is '" + version + "'. Write version=\"6.1\".",
                    e);
        }
    }

    Map<String, String> contextParams() {
        return params(descriptor.getContextParams());
    }

    private static Map<String, String> params(@Nullable Collection<ParamValueMetaData> values) {
        var params = new LinkedHashMap<String, String>();
        orEmpty(values)
                .forEach(param ->
                        params.put(param.getParamName(), param.getParamValue() == null ? "" : param.getParamValue()));
        return params;
    }

    List<String> listeners() {
        return new LinkedHashSet<>(orEmpty(descriptor.getListeners()).stream()
                        .map(listener -> listener.getListenerClass())
                        .toList())
                .stream().toList();
    }

    List<Filter> filters() throws WarException {
        var filters = new ArrayList<Filter>();
        for (FilterMetaData filter : orEmpty(descriptor.getFilters())) {
            if (filter.getFilterClass() == null) {
                throw new WarException("reading the filters of " + war + ": the filter '" + filter.getFilterName()
                        + "' has no class. Add <filter-class>.");
            }
            filters.add(new Filter(
                    filter.getFilterName(),
                    filter.getFilterClass(),
                    params(filter.getInitParam()),
                    filter.isAsyncSupported()));
        }
        return filters;
    }

    List<FilterMapping> filterMappings() {
        var mappings = new ArrayList<FilterMapping>();
        for (FilterMappingMetaData mapping : orEmpty(descriptor.getFilterMappings())) {
            for (var pattern : orEmpty(mapping.getUrlPatterns())) {
                // Not in the specification, but every container has always taken it.
                var valid = pattern.equals("*") ? "/*" : pattern;
                mappings.add(mapping(mapping, FilterMapping.By.URL_PATTERN, valid));
            }
        }
        for (FilterMappingMetaData mapping : orEmpty(descriptor.getFilterMappings())) {
            for (var servlet : orEmpty(mapping.getServletNames())) {
                mappings.add(mapping(mapping, FilterMapping.By.SERVLET_NAME, servlet));
            }
        }
        return mappings;
    }

    private static FilterMapping mapping(FilterMappingMetaData mapping, FilterMapping.By by, String target) {
        var dispatchers = orEmpty(mapping.getDispatchers()).stream()
                .map(dispatcher -> DispatcherType.valueOf(dispatcher.name()))
                .distinct()
                .toList();
        return new FilterMapping(
                mapping.getFilterName(),
                by,
                target,
                dispatchers.isEmpty() ? List.of(DispatcherType.REQUEST) : dispatchers);
    }

    /** The servlets, and one without a class for every name in {@code implicit} that is mapped but not declared. */
    List<Servlet> servlets(Collection<String> implicit) throws WarException {
        var patterns = new LinkedHashMap<String, List<String>>();
        for (var mapping : orEmpty(descriptor.getServletMappings())) {
            patterns.computeIfAbsent(mapping.getServletName(), _ -> new ArrayList<>())
                    .addAll(orEmpty(mapping.getUrlPatterns()));
        }
        var servlets = new ArrayList<Servlet>();
        for (ServletMetaData servlet : orEmpty(descriptor.getServlets())) {
            var own = patterns.remove(servlet.getServletName());
            servlets.add(servlet(servlet, own == null ? List.of() : own));
        }
        for (var name : patterns.keySet()) {
            if (!implicit.contains(name)) {
                throw new WarException("reading the servlet mappings of " + war + ": the servlet '" + name
                        + "' is mapped but not declared. Add a <servlet>, or remove its <servlet-mapping>.");
            }
            var undeclared = new ServletMetaData();
            undeclared.setServletName(name);
            servlets.add(servlet(undeclared, orEmpty(patterns.get(name))));
        }
        return servlets;
    }

    private Servlet servlet(ServletMetaData servlet, Collection<String> patterns) throws WarException {
        var className = Optional.ofNullable(servlet.getServletClass());
        var roleRefs = new LinkedHashMap<String, String>();
        for (var ref : orEmpty(servlet.getSecurityRoleRefs())) {
            roleRefs.put(ref.getRoleName(), ref.getRoleLink() == null ? ref.getRoleName() : ref.getRoleLink());
        }
        return new Servlet(
                servlet.getServletName(),
                className,
                Optional.ofNullable(servlet.getJspFile()).map(Records::withSlash),
                new LinkedHashSet<>(patterns).stream().toList(),
                params(servlet.getInitParam()),
                servlet.getLoadOnStartupSet() ? Optional.of(servlet.getLoadOnStartupInt()) : Optional.empty(),
                servlet.isAsyncSupported(),
                servlet.isEnabled(),
                Optional.ofNullable(servlet.getRunAs())
                        .map(runAs -> runAs.getRoleName())
                        .or(() -> className.flatMap(annotations::runAs)),
                Optional.ofNullable(servlet.getMultipartConfig())
                        .map(Records::multipart)
                        .or(() -> className.flatMap(annotations::multipart)),
                roleRefs,
                className.isEmpty() ? Optional.empty() : annotations.security(className.get()));
    }

    private static Multipart multipart(MultipartConfigMetaData multipart) {
        return new Multipart(
                multipart.getLocation() == null ? "" : multipart.getLocation(),
                multipart.getMaxFileSize(),
                multipart.getMaxRequestSize(),
                multipart.getFileSizeThreshold());
    }

    private static String withSlash(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    List<ErrorPage> errorPages() throws WarException {
        var pages = new ArrayList<ErrorPage>();
        for (ErrorPageMetaData page : orEmpty(descriptor.getErrorPages())) {
            if (page.getLocation() == null) {
                throw new WarException("reading the error pages of " + war + ": one has no <location>. Add it.");
            }
            try {
                pages.add(new ErrorPage(
                        Optional.ofNullable(page.getErrorCode()).map(Integer::valueOf),
                        Optional.ofNullable(page.getExceptionType()),
                        withSlash(page.getLocation())));
            } catch (NumberFormatException e) {
                throw new WarException(
                        "reading the error pages of " + war + ": the <error-code> '" + page.getErrorCode()
                                + "' is not a number. Write an HTTP status such as 404.",
                        e);
            }
        }
        return pages;
    }

    List<String> welcomeFiles() {
        var declared = Optional.ofNullable(descriptor.getWelcomeFileList())
                .map(WelcomeFileListMetaData::getWelcomeFiles)
                .orElse(List.of());
        return declared.isEmpty()
                ? WELCOME_FILES
                : declared.stream()
                        .map(file -> file.startsWith("/") ? file.substring(1) : file)
                        .toList();
    }

    Map<String, String> mimeTypes() {
        var types = new LinkedHashMap<String, String>();
        for (MimeMappingMetaData mapping : orEmpty(descriptor.getMimeMappings())) {
            types.put(mapping.getExtension(), mapping.getMimeType());
        }
        return types;
    }

    Map<String, String> localeEncodings() {
        var encodings = new LinkedHashMap<String, String>();
        orEmpty(Optional.ofNullable(descriptor.getLocalEncodings())
                        .map(LocaleEncodingsMetaData::getMappings)
                        .orElse(List.of()))
                .forEach(mapping -> encodings.put(mapping.getLocale(), mapping.getEncoding()));
        return encodings;
    }

    SessionConfig session() {
        var config =
                descriptor.getSessionConfig() == null ? new SessionConfigMetaData() : descriptor.getSessionConfig();
        var cookie = config.getCookieConfig() == null ? new CookieConfigMetaData() : config.getCookieConfig();
        var attributes = new LinkedHashMap<String, String>();
        orEmpty(cookie.getAttributes())
                .forEach(attribute -> attributes.put(attribute.getAttributeName(), attribute.getAttributeValue()));
        return new SessionConfig(
                config.getSessionTimeoutSet()
                        ? Duration.ofMinutes(Math.max(0, config.getSessionTimeout()))
                        : SessionConfig.DEFAULT_TIMEOUT,
                new SessionConfig.Cookie(
                        Optional.ofNullable(cookie.getName()),
                        Optional.ofNullable(cookie.getDomain()),
                        Optional.ofNullable(cookie.getPath()),
                        Optional.ofNullable(cookie.getComment()),
                        cookie.getHttpOnlySet() ? Optional.of(cookie.getHttpOnly()) : Optional.empty(),
                        cookie.getSecureSet() ? Optional.of(cookie.getSecure()) : Optional.empty(),
                        cookie.getMaxAgeSet() ? Optional.of(cookie.getMaxAge()) : Optional.empty(),
                        attributes),
                orEmpty(config.getSessionTrackingModes()).stream()
                        .map(mode -> SessionTrackingMode.valueOf(mode.name().toUpperCase(Locale.ROOT)))
                        .distinct()
                        .toList());
    }

    JspConfig jsp(JspConfig.Pages pages) {
        var jsp = descriptor.getJspConfig() == null ? new JspConfigMetaData() : descriptor.getJspConfig();
        return new JspConfig(
                orEmpty(jsp.getTaglibs()).stream()
                        .map(taglib -> new JspConfig.Taglib(taglib.getTaglibUri(), taglib.getTaglibLocation()))
                        .toList(),
                orEmpty(jsp.getPropertyGroups()).stream()
                        .map(Records::propertyGroup)
                        .toList(),
                pages);
    }

    private static JspConfig.PropertyGroup propertyGroup(JspPropertyGroupMetaData group) {
        return new JspConfig.PropertyGroup(
                List.copyOf(orEmpty(group.getUrlPatterns())),
                Optional.ofNullable(group.getElIgnored()),
                Optional.ofNullable(group.getErrorOnElNotFound()),
                Optional.ofNullable(group.getPageEncoding()),
                Optional.ofNullable(group.getScriptingInvalid()),
                Optional.ofNullable(group.getIsXml()),
                List.copyOf(orEmpty(group.getIncludePreludes())),
                List.copyOf(orEmpty(group.getIncludeCodas())),
                Optional.ofNullable(group.getDeferredSyntaxAllowedAsLiteral()),
                Optional.ofNullable(group.getTrimDirectiveWhitespaces()),
                Optional.ofNullable(group.getDefaultContentType()),
                Optional.ofNullable(group.getBuffer()),
                Optional.ofNullable(group.getErrorOnUndeclaredNamespace()));
    }
}
