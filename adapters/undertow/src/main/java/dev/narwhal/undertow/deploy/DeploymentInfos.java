package dev.narwhal.undertow.deploy;

import dev.narwhal.undertow.notice.FaultPage;
import dev.narwhal.undertow.session.RequestEnd;
import dev.narwhal.undertow.session.SessionTracking;
import dev.narwhal.undertow.session.SharedSessions;
import dev.narwhal.undertow.session.StoreSessions;
import dev.narwhal.worker.engine.LoadedApp;
import dev.narwhal.worker.feature.Contribution;
import dev.narwhal.worker.feature.HeldSessions;
import dev.narwhal.worker.feature.Instances;
import dev.narwhal.worker.feature.Reported;
import dev.narwhal.worker.session.StoreException;
import dev.narwhal.worker.war.JspDescriptor;
import dev.narwhal.worker.war.Security;
import dev.narwhal.worker.war.SessionConfig;
import dev.narwhal.worker.war.WebApp;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.ClassIntrospecter;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.HttpMethodSecurityInfo;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.api.LoggingExceptionHandler;
import io.undertow.servlet.api.MimeMapping;
import io.undertow.servlet.api.SecurityConstraint;
import io.undertow.servlet.api.SecurityInfo;
import io.undertow.servlet.api.SecurityInfo.EmptyRoleSemantic;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.api.ServletSecurityInfo;
import io.undertow.servlet.api.ServletSessionConfig;
import io.undertow.servlet.api.ServletStackTraces;
import io.undertow.servlet.api.TransportGuaranteeType;
import io.undertow.servlet.api.WebResourceCollection;
import io.undertow.servlet.core.ApplicationListeners;
import io.undertow.servlet.handlers.DefaultServlet;
import io.undertow.servlet.util.DefaultClassIntrospector;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import jakarta.servlet.Filter;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.util.EnumSet;
import java.util.EventListener;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/** The mapping from the merged descriptor to Undertow's. Loads the classes that the descriptor names and decides nothing else. */
final class DeploymentInfos {

    /** Pages that only a JSP engine may read; without one, their source must not be shown. */
    private static final String JSP_EXTENSIONS = "jsp,jspx,jspf,tag,tagx,tld";

    private static final Logger log = LoggerFactory.getLogger(DeploymentInfos.class);

    private final LoadedApp loaded;
    private final WebApp app;
    private ClassIntrospecter introspecter = DefaultClassIntrospector.INSTANCE;

    private DeploymentInfos(LoadedApp loaded) {
        this.loaded = loaded;
        this.app = loaded.app();
    }

    /**
     * @param async where {@code AsyncContext} runs its tasks
     * @param sessions where HTTP sessions are
     * @throws ReflectiveOperationException for a class that cannot be found
     */
    static StrictDeployment of(LoadedApp loaded, Executor async, SharedSessions sessions)
            throws ReflectiveOperationException {
        return new DeploymentInfos(loaded).map(async, sessions);
    }

    private StrictDeployment map(Executor async, SharedSessions sessions) throws ReflectiveOperationException {
        var cookie = app.session().cookie();
        var info = new StrictDeployment(new SessionCookie.Said(cookie.name(), cookie.path(), cookie.domain()));
        info.setClassLoader(loaded.classLoader())
                .setDeploymentName(loaded.displayPath())
                .setDisplayName(app.displayName().orElse(loaded.displayPath()))
                .setContextPath(loaded.displayPath())
                .setMajorVersion(app.version().major())
                .setMinorVersion(app.version().minor())
                .setContainerMajorVersion(6)
                .setContainerMinorVersion(1)
                .setResourceManager(new LayeredResources(
                        app.layout().documentRoot(), app.layout().resourceRoots()))
                .setTempDir(loaded.temporary())
                .setAsyncExecutor(async)
                .setServletStackTraces(ServletStackTraces.NONE)
                .setSendCustomReasonPhraseOnError(false)
                .setCheckOtherSessionManagers(false)
                .setDefaultRequestEncoding(app.requestCharacterEncoding().orElse(null))
                .setDefaultResponseEncoding(app.responseCharacterEncoding().orElse(null));
        if (!app.jsp().taglibs().isEmpty() || !app.jsp().propertyGroups().isEmpty()) {
            info.setJspConfigDescriptor(new JspDescriptor(app.jsp()));
        }
        app.contextParams().forEach(info::addInitParameter);
        app.layout()
                .orderedLibs()
                .ifPresent(jars -> info.addServletContextAttribute(ServletContext.ORDERED_LIBS, jars));
        app.localeEncodings().forEach(info::addLocaleCharsetMapping);
        MimeTypes.BEYOND_UNDERTOW.forEach((extension, type) -> info.addMimeMapping(new MimeMapping(extension, type)));
        app.mimeTypes().forEach((extension, type) -> info.addMimeMapping(new MimeMapping(extension, type)));
        info.addWelcomePages(app.welcomeFiles());
        info.addInnerHandlerChainWrapper(DispatchRules::new);
        info.addInnerHandlerChainWrapper(next -> new WelcomePages(next, servingFiles(), info.getResourceManager()));
        info.addServlet(defaultServlet());
        shareSessions(info, sessions);
        loadExtensions(info);
        mapInstances(info);
        mapContributions(info);
        mapInitializers(info);
        mapListeners(info);
        mapFilters(info);
        mapServlets(info);
        mapErrorPages(info);
        mapSession(info, sessions.rules().cookie());
        mapSecurity(info);
        return info;
    }

    /** Serves static files; an application may declare its own servlet under this name's pattern and wins. */
    private static ServletInfo defaultServlet() {
        return servingStaticFiles(Servlets.servlet(WebApp.DEFAULT_SERVLET, StaticFiles.class));
    }

    /** Whatever it is mapped to, it is the whole path that names the file, as in Tomcat. */
    private static ServletInfo servingStaticFiles(ServletInfo servlet) {
        return servlet.setAsyncSupported(true)
                .addInitParam(DefaultServlet.DISALLOWED_EXTENSIONS, JSP_EXTENSIONS)
                .addInitParam(DefaultServlet.RESOLVE_AGAINST_CONTEXT_ROOT, "true")
                .addInitParam(DefaultServlet.ALLOW_POST, "true"); // as in Tomcat: forms may be sent to a page
    }

    private void shareSessions(StrictDeployment info, SharedSessions shared) {
        var sessions = new StoreSessions(loaded.contextPath(), loaded.classLoader(), app.distributable(), shared);
        info.setSessionManagerFactory(sessions::bind);
        info.setExceptionHandler((exchange, request, response, failure) ->
                !sessions.refused(exchange, failure) && log(exchange, request, response, failure));
        info.addOuterHandlerChainWrapper(sessions::gate);
        info.addServletContextAttribute(HeldSessions.ATTRIBUTE, sessions.held());
        info.addServerListener(
                new ListenerInfo(RequestEnd.class, new ImmediateInstanceFactory<>(sessions.requestEnd())));
    }

    /** Undertow itself looks for extensions in the application only. */
    private static void loadExtensions(DeploymentInfo info) {
        ServiceLoader.load(ServletExtension.class, DeploymentInfos.class.getClassLoader())
                .forEach(info::addServletExtension);
    }

    private void mapInstances(DeploymentInfo info) {
        loaded.instances().ifPresent(instances -> {
            info.setClassIntrospecter(new InstanceFactories(instances));
            info.addServletContextAttribute(Instances.ATTRIBUTE, instances);
        });
        introspecter = info.getClassIntrospecter();
        var standIns = new HashMap<String, Class<?>>();
        loaded.contributions().forEach(contribution -> standIns.putAll(contribution.servletClasses()));
        info.setClassIntrospecter(new StandInClasses(introspecter, standIns));
    }

    private void mapContributions(DeploymentInfo info) {
        for (var contribution : loaded.contributions()) {
            contribution.attributes().forEach(info::addServletContextAttribute);
            contribution.initializers().forEach(initializer -> addInitializer(info, initializer));
            for (var servlet : contribution.servlets()) {
                var mapped = new ServletInfo(servlet.name(), servlet.type())
                        .addMappings(unused(servlet.urlPatterns()))
                        .setAsyncSupported(true);
                servlet.initParams().forEach(mapped::addInitParam);
                servlet.loadOnStartup().ifPresent(mapped::setLoadOnStartup);
                info.addServlet(mapped);
            }
        }
    }

    /** The server's own servlets for files with certain extensions, such as pages. */
    private Set<Class<?>> servingFiles() {
        var types = new HashSet<Class<?>>();
        for (var contribution : loaded.contributions()) {
            contribution.servlets().forEach(servlet -> types.add(servlet.type()));
            contribution.standIns().values().forEach(standIn -> types.add(standIn.type()));
        }
        return types;
    }

    /** The patterns that the application has no servlet for. */
    private List<String> unused(List<String> urlPatterns) {
        return urlPatterns.stream()
                .filter(pattern -> app.servlets().stream()
                        .noneMatch(servlet -> servlet.urlPatterns().contains(pattern)))
                .toList();
    }

    /**
     * As Undertow does it, unless it was done. A response that has begun cannot become an error page: the connection ends without its end, so that
     * the client takes it for what it is.
     */
    private static boolean log(
            HttpServerExchange exchange, ServletRequest request, ServletResponse response, Throwable failure) {
        if (exchange.isResponseStarted()) {
            IoUtils.safeClose(exchange.getConnection());
        }
        boolean handled = FaultPage.shown(exchange, response, failure)
                || (!isTold(failure)
                        && LoggingExceptionHandler.DEFAULT.handleThrowable(exchange, request, response, failure));
        if (!handled) {
            ErrorReport.answerFailure(exchange, request, failure);
        }
        return handled;
    }

    private static boolean isTold(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof Reported || (each instanceof StoreException store && store.isTold())) {
                return true;
            }
        }
        return false;
    }

    private static void addInitializer(DeploymentInfo info, ServletContainerInitializer initializer) {
        info.addServletContainerInitializer(new ServletContainerInitializerInfo(
                initializer.getClass(), () -> new ImmediateInstanceHandle<>(initializer), null));
    }

    private <T> Class<? extends T> load(String className, Class<T> type) throws ReflectiveOperationException {
        return loaded.classLoader().loadClass(className).asSubclass(type);
    }

    private void mapInitializers(DeploymentInfo info) throws ReflectiveOperationException {
        for (var initializer : app.initializers()) {
            var loader = switch (initializer.origin()) {
                case SERVER -> DeploymentInfos.class.getClassLoader();
                case WAR -> loaded.classLoader();
            };
            info.addServletContainerInitializer(new ServletContainerInitializerInfo(
                    Class.forName(initializer.className(), true, loader).asSubclass(ServletContainerInitializer.class),
                    handledTypes(initializer)));
        }
    }

    /** Null when there are none, as {@code onStartup} wants it (Servlet 6.1 §8.2.4). */
    private @Nullable Set<Class<?>> handledTypes(WebApp.Initializer initializer) {
        var types = new HashSet<Class<?>>();
        for (var className : initializer.handledTypes()) {
            try {
                types.add(Class.forName(className, false, loaded.classLoader()));
            } catch (ClassNotFoundException | LinkageError e) {
                // The class lacks something that it refers to; the specification has it left out.
                log.debug("leaving {} out of what {} handles: {}", className, initializer.className(), e.toString());
            }
        }
        return types.isEmpty() ? null : types;
    }

    private void mapListeners(DeploymentInfo info) throws ReflectiveOperationException {
        for (var className : app.listeners()) {
            var type = load(className, EventListener.class);
            if (ApplicationListeners.isListenerClass(type)) {
                info.addListener(new ListenerInfo(type, introspecter.createInstanceFactory(type)));
            } else {
                log.warn(
                        "deploying {}: the listener {} is of no kind that is told of anything (Servlet 6.1 §11.2); it is left out, as in Tomcat.",
                        loaded.displayPath(),
                        className);
            }
        }
    }

    private void mapFilters(DeploymentInfo info) throws ReflectiveOperationException {
        for (var filter : app.filters()) {
            var type = load(filter.className(), Filter.class);
            var mapped = new FilterInfo(filter.name(), type, introspecter.createInstanceFactory(type));
            mapped.setAsyncSupported(filter.asyncSupported());
            filter.initParams().forEach(mapped::addInitParam);
            info.addFilter(mapped);
        }
        for (var mapping : app.filterMappings()) {
            for (var dispatcher : mapping.dispatchers()) {
                switch (mapping.by()) {
                    case URL_PATTERN -> info.addFilterUrlMapping(mapping.filter(), mapping.target(), dispatcher);
                    case SERVLET_NAME ->
                        info.addFilterServletNameMapping(mapping.filter(), mapping.target(), dispatcher);
                }
            }
        }
    }

    private void mapServlets(DeploymentInfo info) throws ReflectiveOperationException {
        for (var servlet : app.servlets()) {
            var standIn = loaded.contributions().stream()
                    .flatMap(contribution ->
                            Stream.ofNullable(contribution.standIns().get(servlet.name())))
                    .findFirst();
            if (standIn.isPresent()) {
                info.addServlet(mapStandIn(servlet, standIn.get()));
            } else if (servlet.isDefault()) {
                info.addServlet(servingStaticFiles(mapServlet(servlet, StaticFiles.class)));
            } else if (servlet.className().isPresent()) {
                info.addServlet(mapOwn(servlet, servlet.className().get()));
            }
        }
    }

    /** One whose class is not there answers 404 and lets the rest of the application run, as in Tomcat. */
    private ServletInfo mapOwn(WebApp.Servlet servlet, String className) throws ReflectiveOperationException {
        try {
            return mapServlet(servlet, load(className, Servlet.class));
        } catch (ClassNotFoundException e) {
            log.debug("the class of servlet '{}' is missing, as preparing has told: {}", servlet.name(), e.toString());
        } catch (NoClassDefFoundError e) {
            log.warn(
                    "deploying {}: the class {} of servlet '{}' cannot be loaded: {}. It answers 404; the rest of the application is served.",
                    loaded.displayPath(),
                    className,
                    servlet.name(),
                    e.toString());
        }
        var mapped = mapServlet(servlet, Availability.Disabled.class).setLoadOnStartup(null);
        Availability.disable(mapped);
        return mapped;
    }

    private ServletInfo mapStandIn(WebApp.Servlet servlet, Contribution.StandIn standIn) throws NoSuchMethodException {
        var mapped = mapServlet(servlet, standIn.type());
        mapped.addMappings(unused(standIn.urlPatterns()));
        standIn.initParams().forEach((name, value) -> {
            if (!servlet.initParams().containsKey(name)) {
                mapped.addInitParam(name, value);
            }
        });
        return mapped;
    }

    private ServletInfo mapServlet(WebApp.Servlet servlet, Class<? extends Servlet> type) throws NoSuchMethodException {
        var mapped = new ServletInfo(servlet.name(), type, introspecter.createInstanceFactory(type))
                .addMappings(servlet.urlPatterns())
                .setAsyncSupported(servlet.asyncSupported())
                .setEnabled(servlet.enabled())
                .setLoadOnStartup(
                        servlet.loadOnStartup().filter(_ -> servlet.enabled()).orElse(null))
                .setRunAs(servlet.runAs().orElse(null));
        if (OneAtATime.isWantedBy(mapped.getServletClass())) {
            mapped.addHandlerChainWrapper(new OneAtATime());
        }
        if (!servlet.enabled()) {
            Availability.disable(mapped);
        }
        servlet.initParams().forEach(mapped::addInitParam);
        servlet.roleRefs().forEach(mapped::addSecurityRoleRef);
        servlet.multipart()
                .ifPresent(multipart -> mapped.setMultipartConfig(new MultipartConfigElement(
                        multipart.location(),
                        multipart.maxFileSize(),
                        multipart.maxRequestSize(),
                        multipart.fileSizeThreshold())));
        servlet.security().ifPresent(security -> mapped.setServletSecurityInfo(mapServletSecurity(security)));
        return mapped;
    }

    private void mapErrorPages(DeploymentInfo info) {
        for (var page : app.errorPages()) {
            if (page.exceptionType().isPresent()) {
                mapErrorPage(page.location(), page.exceptionType().get(), info);
            } else if (page.code().isPresent()) {
                info.addErrorPage(new ErrorPage(page.location(), page.code().get()));
            } else {
                info.addErrorPage(new ErrorPage(page.location()));
            }
        }
    }

    /** What cannot be loaded cannot be thrown: Tomcat, which compares names, deploys such an application. */
    private void mapErrorPage(String location, String exception, DeploymentInfo info) {
        try {
            info.addErrorPage(new ErrorPage(location, load(exception, Throwable.class)));
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            log.warn(
                    "deploying {}: the error page {} is for {}, which is no exception that the application has ({}); it is left out.",
                    loaded.displayPath(),
                    location,
                    exception,
                    e.toString());
        }
    }

    private void mapSession(StrictDeployment info, Map<String, String> defaults) {
        var session = app.session();
        info.setDefaultSessionTimeout((int) session.timeout().toSeconds());
        var config = new ServletSessionConfig();
        if (!session.trackingModes().isEmpty()) {
            config.setSessionTrackingModes(EnumSet.copyOf(session.trackingModes()));
        }
        mapCookie(session.cookie(), CookieDefaults.of(defaults), config);
        info.setServletSessionConfig(config);
        info.setSessionConfigWrapper((_, deployment) -> SessionTracking.of(
                deployment.getServletContext().getEffectiveSessionTrackingModes(),
                info.context().getSessionCookieConfig(),
                info.context().getSessionCookieConfig().effectiveName()));
    }

    private void mapCookie(SessionConfig.Cookie cookie, SessionConfig.Cookie defaults, ServletSessionConfig config) {
        config.setHttpOnly(cookie.httpOnly().or(defaults::httpOnly).orElse(true));
        config.setPath(cookie.path().or(defaults::path).orElse(loaded.displayPath()));
        cookie.name().or(defaults::name).ifPresent(config::setName);
        cookie.domain().or(defaults::domain).ifPresent(config::setDomain);
        cookie.secure().or(defaults::secure).ifPresent(config::setSecure);
        cookie.maxAge().or(defaults::maxAge).ifPresent(config::setMaxAge);
        defaults.attributes().forEach(config::setAttribute);
        cookie.attributes().forEach(config::setAttribute);
    }

    /** What registrations tell of; what holds is decided by {@link dev.narwhal.undertow.security.SecurityChain}. */
    private void mapSecurity(DeploymentInfo info) {
        var security = app.security();
        info.setDenyUncoveredHttpMethods(security.denyUncoveredHttpMethods());
        info.addSecurityRoles(security.roles());
        for (var constraint : security.constraints()) {
            var mapped = new SecurityConstraint();
            apply(constraint.access(), constraint.confidential(), mapped);
            for (var resources : constraint.resources()) {
                mapped.addWebResourceCollection(new WebResourceCollection()
                        .addUrlPatterns(resources.urlPatterns())
                        .addHttpMethods(resources.methods())
                        .addHttpMethodOmissions(resources.methodOmissions()));
            }
            info.addSecurityConstraint(mapped);
        }
    }

    private static ServletSecurityInfo mapServletSecurity(Security.ServletSecurity security) {
        var mapped = new ServletSecurityInfo();
        apply(security.access(), security.confidential(), mapped);
        for (var method : security.methods()) {
            var mappedMethod = new HttpMethodSecurityInfo().setMethod(method.method());
            apply(method.access(), method.confidential(), mappedMethod);
            mapped.addHttpMethodSecurityInfo(mappedMethod);
        }
        return mapped;
    }

    private static void apply(Security.Access access, boolean confidential, SecurityInfo<?> info) {
        switch (access.rule()) {
            case PERMIT -> info.setEmptyRoleSemantic(EmptyRoleSemantic.PERMIT);
            case DENY -> info.setEmptyRoleSemantic(EmptyRoleSemantic.DENY);
            case ROLES -> info.addRolesAllowed(access.roles());
        }
        if (confidential) {
            info.setTransportGuaranteeType(TransportGuaranteeType.CONFIDENTIAL);
        }
    }
}
