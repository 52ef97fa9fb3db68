package dev.narwhal.worker.prepare;

import dev.narwhal.contract.PreparedWar;
import dev.narwhal.worker.war.Security;
import dev.narwhal.worker.war.WebApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A merged descriptor for people; what is empty is left out. */
final class WebAppText {

    private final PreparedWar war;
    private final WebApp webApp;
    private final List<String> resources;
    private final StringBuilder text = new StringBuilder();

    /** @param resources the names of what the operator provides */
    WebAppText(PreparedWar war, WebApp webApp, List<String> resources) {
        this.war = war;
        this.webApp = webApp;
        this.resources = List.copyOf(resources);
    }

    String text() {
        application();
        components();
        responses();
        section("session", session());
        section("security", security());
        section("environment", environment());
        section("resource roots", webApp.layout().resourceRoots());
        section("class path", webApp.layout().classPath());
        return text.toString();
    }

    private void application() {
        var context = war.contextPath().isEmpty() ? "/" : war.contextPath();
        var facts = new ArrayList<String>();
        webApp.displayName().ifPresent(name -> facts.add("display name: " + name));
        facts.add("servlet version: " + webApp.version().major() + "."
                + webApp.version().minor());
        facts.add("distributable: " + (webApp.distributable() ? "yes" : "no, so one worker unless --workers is given"));
        facts.add("metadata complete: " + (webApp.metadataComplete() ? "yes" : "no"));
        if (war.migrated()) {
            facts.add("migrated: from javax.servlet");
        }
        facts.add("native code: " + (war.nativeCode() ? "yes" : "no"));
        webApp.defaultContextPath().ifPresent(path -> facts.add("default context path: " + path));
        webApp.requestCharacterEncoding().ifPresent(encoding -> facts.add("request encoding: " + encoding));
        webApp.responseCharacterEncoding().ifPresent(encoding -> facts.add("response encoding: " + encoding));
        facts.add("document root: " + webApp.layout().documentRoot());
        facts.add("prepared in: " + war.directory());
        section(war.name() + " at " + context, facts);
        section("context parameters", pairs(webApp.contextParams()));
        section(
                webApp.layout().orderedLibs().isPresent() ? "fragments, in the order declared" : "fragments",
                webApp.layout().fragments().stream()
                        .map(fragment ->
                                fragment.jar() + (fragment.name().isEmpty() ? "" : " (" + fragment.name() + ")"))
                        .toList());
    }

    private void components() {
        section(
                "initializers",
                webApp.initializers().stream()
                        .map(each -> each.className()
                                + (each.origin() == WebApp.Initializer.Origin.SERVER ? " (server)" : "")
                                + suffix(" handles ", each.handledTypes()))
                        .toList());
        section("listeners", webApp.listeners());
        section(
                "filters",
                webApp.filters().stream()
                        .map(filter -> filter.name() + " = " + filter.className()
                                + (filter.asyncSupported() ? " async" : "") + suffix(" ", pairs(filter.initParams())))
                        .toList());
        section(
                "filter chain",
                webApp.filterMappings().stream()
                        .map(mapping -> mapping.filter()
                                + (mapping.by() == WebApp.FilterMapping.By.URL_PATTERN ? " on " : " on servlet ")
                                + mapping.target() + " " + mapping.dispatchers())
                        .toList());
        section("servlets", webApp.servlets().stream().map(WebAppText::servlet).toList());
    }

    private static String servlet(WebApp.Servlet servlet) {
        var line = new StringBuilder(servlet.name());
        line.append(" = ").append(servlet.className().or(servlet::jspFile).orElse("(the container's)"));
        line.append(suffix(
                " on ",
                servlet.urlPatterns().stream()
                        .map(pattern -> pattern.isEmpty() ? "(the context root)" : pattern)
                        .toList()));
        servlet.loadOnStartup()
                .ifPresent(order -> line.append(" load-on-startup ").append(order));
        line.append(servlet.asyncSupported() ? " async" : "");
        line.append(servlet.enabled() ? "" : " disabled");
        line.append(servlet.multipart().isPresent() ? " multipart" : "");
        servlet.runAs().ifPresent(role -> line.append(" run-as ").append(role));
        servlet.security().ifPresent(security -> line.append(" access ").append(access(security.access())));
        line.append(suffix(" ", pairs(servlet.initParams())));
        return line.toString();
    }

    private void responses() {
        section(
                "error pages",
                webApp.errorPages().stream()
                        .map(page -> page.code()
                                        .map(code -> Integer.toString(code))
                                        .or(page::exceptionType)
                                        .orElse("any error")
                                + " -> " + page.location())
                        .toList());
        section("welcome files", webApp.welcomeFiles());
        section("MIME types", pairs(webApp.mimeTypes()));
        section("locale encodings", pairs(webApp.localeEncodings()));
    }

    private List<String> session() {
        var session = webApp.session();
        var facts = new ArrayList<String>();
        facts.add("timeout: "
                + (session.timeout().equals(Duration.ZERO)
                        ? "never"
                        : session.timeout().toMinutes() + " min"));
        var cookie = session.cookie();
        fact(facts, "cookie name", cookie.name());
        fact(facts, "cookie domain", cookie.domain());
        fact(facts, "cookie path", cookie.path());
        fact(facts, "cookie http-only", cookie.httpOnly());
        fact(facts, "cookie secure", cookie.secure());
        fact(facts, "cookie max-age", cookie.maxAge());
        facts.addAll(pairs(cookie.attributes()));
        if (!session.trackingModes().isEmpty()) {
            facts.add("tracking: " + session.trackingModes());
        }
        return facts;
    }

    private static void fact(List<String> facts, String name, Optional<?> value) {
        value.ifPresent(each -> facts.add(name + ": " + each));
    }

    private List<String> security() {
        var security = webApp.security();
        var facts = new ArrayList<String>();
        security.login()
                .ifPresent(login -> facts.add("login: " + login.method().orElse("none")
                        + login.realm().map(realm -> " realm " + realm).orElse("")));
        for (var constraint : security.constraints()) {
            for (var resources : constraint.resources()) {
                facts.add(String.join(" ", resources.urlPatterns()) + suffix(" ", resources.methods())
                        + suffix(" all but ", resources.methodOmissions()) + ": " + access(constraint.access())
                        + (constraint.confidential() ? ", TLS only" : ""));
            }
        }
        if (!security.roles().isEmpty()) {
            facts.add("roles: " + String.join(", ", security.roles()));
        }
        if (security.denyUncoveredHttpMethods()) {
            facts.add("methods that no constraint covers are denied");
        }
        return facts;
    }

    private static String access(Security.Access access) {
        return switch (access.rule()) {
            case PERMIT -> "everybody";
            case DENY -> "nobody";
            case ROLES -> String.join(", ", access.roles());
        };
    }

    private List<String> environment() {
        var facts = new ArrayList<String>();
        var naming = webApp.naming();
        for (var entry : naming.envEntries()) {
            facts.add(entry.name() + " = " + entry.value().or(entry::lookup).orElse("?") + " (value)");
        }
        for (var resource : naming.resources()) {
            facts.add(resource.name() + " : " + resource.type() + " (" + resource.origin() + ")"
                    + suffix(" ", pairs(new TreeMap<>(resource.masked().settings()))));
        }
        resources.forEach(name -> facts.add(name + " (narwhal.toml)"));
        naming.links().forEach(link -> facts.add(link.name() + " -> " + link.global()));
        for (var ref : naming.refs()) {
            var target = ref.lookup().or(ref::mappedName).map(name -> " -> " + name);
            facts.add(ref.name() + " : " + ref.type().orElse("?") + target.orElse("")
                    + (naming.unprovided(resources).contains(ref) ? " (to be provided)" : ""));
        }
        return facts;
    }

    private static List<String> pairs(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private static String suffix(String before, Collection<String> values) {
        return values.isEmpty() ? "" : before + String.join(" ", values);
    }

    private void section(String title, Collection<?> lines) {
        if (!lines.isEmpty()) {
            text.append(title).append('\n');
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
        }
    }
}
