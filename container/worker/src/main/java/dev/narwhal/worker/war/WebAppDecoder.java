package dev.narwhal.worker.war;

import dev.narwhal.contract.ResourceSpec;
import dev.narwhal.worker.war.WebApp.FilterMapping;
import dev.narwhal.worker.war.WebApp.Initializer;
import dev.narwhal.worker.war.WebApp.Layout;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.SessionTrackingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * JSON to records, by hand: with reflection every worker would spend 100 ms at its start on making the method handles for the
 * constructors of these records, which no AOT cache keeps.
 */
final class WebAppDecoder {

    private final Path base;

    WebAppDecoder(Path base) {
        this.base = base;
    }

    WebApp webApp(Json json) {
        return new WebApp(
                json.optionalText("displayName"),
                new WebApp.Version(
                        json.in("version").number("major"), json.in("version").number("minor")),
                json.flag("metadataComplete"),
                json.flag("distributable"),
                json.optionalText("defaultContextPath"),
                json.optionalText("requestCharacterEncoding"),
                json.optionalText("responseCharacterEncoding"),
                json.map("contextParams"),
                json.list("initializers", WebAppDecoder::initializer),
                json.texts("listeners"),
                json.list("filters", WebAppDecoder::filter),
                json.list("filterMappings", WebAppDecoder::filterMapping),
                json.list("servlets", WebAppDecoder::servlet),
                json.list("errorPages", WebAppDecoder::errorPage),
                json.texts("welcomeFiles"),
                json.map("mimeTypes"),
                json.map("localeEncodings"),
                session(json.in("session")),
                security(json.in("security")),
                jsp(json.in("jsp")),
                naming(json.in("naming")),
                layout(json.in("layout")));
    }

    private static Initializer initializer(Json json) {
        return new Initializer(
                json.text("className"), Initializer.Origin.valueOf(json.text("origin")), json.texts("handledTypes"));
    }

    private static WebApp.Filter filter(Json json) {
        return new WebApp.Filter(
                json.text("name"), json.text("className"), json.map("initParams"), json.flag("asyncSupported"));
    }

    private static FilterMapping filterMapping(Json json) {
        return new FilterMapping(
                json.text("filter"),
                FilterMapping.By.valueOf(json.text("by")),
                json.text("target"),
                json.texts("dispatchers").stream().map(DispatcherType::valueOf).toList());
    }

    private static WebApp.Servlet servlet(Json json) {
        return new WebApp.Servlet(
                json.text("name"),
                json.optionalText("className"),
                json.optionalText("jspFile"),
                json.texts("urlPatterns"),
                json.map("initParams"),
                json.optionalNumber("loadOnStartup"),
                json.flag("asyncSupported"),
                json.flag("enabled"),
                json.optionalText("runAs"),
                json.optional("multipart", WebAppDecoder::multipart),
                json.map("roleRefs"),
                json.optional("security", WebAppDecoder::servletSecurity));
    }

    private static WebApp.Multipart multipart(Json json) {
        return new WebApp.Multipart(
                json.text("location"),
                json.bigNumber("maxFileSize"),
                json.bigNumber("maxRequestSize"),
                json.number("fileSizeThreshold"));
    }

    private static WebApp.ErrorPage errorPage(Json json) {
        return new WebApp.ErrorPage(
                json.optionalNumber("code"), json.optionalText("exceptionType"), json.text("location"));
    }

    private static SessionConfig session(Json json) {
        var cookie = json.in("cookie");
        return new SessionConfig(
                Duration.parse(json.text("timeout")),
                new SessionConfig.Cookie(
                        cookie.optionalText("name"),
                        cookie.optionalText("domain"),
                        cookie.optionalText("path"),
                        cookie.optionalText("comment"),
                        cookie.optionalFlag("httpOnly"),
                        cookie.optionalFlag("secure"),
                        cookie.optionalNumber("maxAge"),
                        cookie.map("attributes")),
                json.texts("trackingModes").stream()
                        .map(SessionTrackingMode::valueOf)
                        .toList());
    }

    private static Security security(Json json) {
        return new Security(
                json.flag("denyUncoveredHttpMethods"),
                json.list("constraints", WebAppDecoder::constraint),
                json.optional(
                        "login",
                        login -> new Security.Login(
                                login.optionalText("method"),
                                login.optionalText("realm"),
                                login.optionalText("loginPage"),
                                login.optionalText("errorPage"))),
                json.texts("roles"));
    }

    private static Security.Constraint constraint(Json json) {
        return new Security.Constraint(
                json.list(
                        "resources",
                        resources -> new Security.Resources(
                                resources.text("name"),
                                resources.texts("urlPatterns"),
                                resources.texts("methods"),
                                resources.texts("methodOmissions"))),
                access(json.in("access")),
                json.flag("confidential"));
    }

    private static Security.Access access(Json json) {
        return new Security.Access(Security.Access.Rule.valueOf(json.text("rule")), json.texts("roles"));
    }

    private static Security.ServletSecurity servletSecurity(Json json) {
        return new Security.ServletSecurity(
                access(json.in("access")),
                json.flag("confidential"),
                json.list(
                        "methods",
                        method -> new Security.MethodConstraint(
                                method.text("method"), access(method.in("access")), method.flag("confidential"))));
    }

    private JspConfig jsp(Json json) {
        return new JspConfig(
                json.list("taglibs", taglib -> new JspConfig.Taglib(taglib.text("uri"), taglib.text("location"))),
                json.list("propertyGroups", WebAppDecoder::propertyGroup),
                pages(json.in("pages")));
    }

    private JspConfig.Pages pages(Json json) {
        return new JspConfig.Pages(
                json.flag("found"),
                json.list(
                        "libraries",
                        library -> new JspConfig.Library(base.resolve(library.text("jar")), library.text("entry"))),
                json.texts("listeners"));
    }

    private static JspConfig.PropertyGroup propertyGroup(Json json) {
        return new JspConfig.PropertyGroup(
                json.texts("urlPatterns"),
                json.optionalText("elIgnored"),
                json.optionalText("errorOnElNotFound"),
                json.optionalText("pageEncoding"),
                json.optionalText("scriptingInvalid"),
                json.optionalText("isXml"),
                json.texts("includePreludes"),
                json.texts("includeCodas"),
                json.optionalText("deferredSyntaxAllowedAsLiteral"),
                json.optionalText("trimDirectiveWhitespaces"),
                json.optionalText("defaultContentType"),
                json.optionalText("buffer"),
                json.optionalText("errorOnUndeclaredNamespace"));
    }

    private static Naming naming(Json json) {
        return new Naming(
                json.list(
                        "envEntries",
                        entry -> new Naming.EnvEntry(
                                entry.text("name"),
                                entry.optionalText("type"),
                                entry.optionalText("value"),
                                entry.optionalText("lookup"),
                                targets(entry))),
                json.list("resourceRefs", WebAppDecoder::resourceRef),
                json.list("resourceEnvRefs", WebAppDecoder::resourceRef),
                json.list("messageDestinationRefs", WebAppDecoder::resourceRef),
                json.list(
                        "resources",
                        resource -> new ResourceSpec(
                                resource.text("name"),
                                resource.text("origin"),
                                resource.text("type"),
                                resource.map("settings"),
                                resource.map("properties"))),
                json.list("links", link -> new Naming.Link(link.text("name"), link.text("global"))),
                json.list("postConstruct", WebAppDecoder::callback),
                json.list("preDestroy", WebAppDecoder::callback));
    }

    private static Naming.ResourceRef resourceRef(Json json) {
        return new Naming.ResourceRef(
                json.text("name"),
                json.optionalText("type"),
                json.optionalText("authentication"),
                json.optionalText("sharing"),
                json.optionalText("mappedName"),
                json.optionalText("lookup"),
                targets(json));
    }

    private static List<Naming.InjectionTarget> targets(Json json) {
        return json.list(
                "targets", target -> new Naming.InjectionTarget(target.text("className"), target.text("name")));
    }

    private static Naming.Callback callback(Json json) {
        return new Naming.Callback(json.optionalText("className"), json.text("method"));
    }

    private Layout layout(Json json) {
        return new Layout(
                base.resolve(json.text("documentRoot")),
                json.texts("resourceRoots").stream().map(base::resolve).toList(),
                json.texts("classPath").stream().map(base::resolve).toList(),
                json.list("fragments", fragment -> new WebApp.Fragment(fragment.text("name"), fragment.text("jar"))),
                json.optionalTexts("orderedLibs"));
    }
}
