package dev.narwhal.worker.war.descriptor;

import dev.narwhal.worker.war.JspConfig;
import dev.narwhal.worker.war.Security;
import dev.narwhal.worker.war.SessionConfig;
import dev.narwhal.worker.war.WarException;
import dev.narwhal.worker.war.WebApp;
import dev.narwhal.worker.war.WebApp.FilterMapping;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;

/**
 * Finds what would fail at deployment or, worse, at the first request, and says it once before any worker is spawned.
 */
final class Checks {

    /** RFC 9110 §5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final String war;
    private final ClassIndex index;
    private final Consumer<String> warnings;

    Checks(String war, ClassIndex index, Consumer<String> warnings) {
        this.war = war;
        this.index = index;
        this.warnings = warnings;
    }

    void check(WebApp webApp) throws WarException {
        checkPatterns(webApp);
        checkFilterMappings(webApp);
        checkConstraints(webApp.security());
        checkEncodings(webApp);
        checkCookie(webApp.session().cookie());
        if (webApp.security().login().isPresent()) {
            checkLogin(webApp.security().login().get());
        }
        for (var servlet : webApp.servlets()) {
            if (servlet.enabled() && !servlet.isDefault() && servlet.className().isPresent()) {
                checkServlet(servlet.name(), servlet.className().get());
            }
        }
        for (var filter : webApp.filters()) {
            checkClass("filter '" + filter.name() + "'", filter.className());
        }
        for (var listener : webApp.listeners()) {
            checkClass("a listener", listener);
        }
    }

    private void checkLogin(Security.Login login) throws WarException {
        var known = String.join(", ", Security.Login.METHODS);
        if (login.method().isEmpty()) {
            throw new WarException("checking " + war + ": the <login-config> has no <auth-method>. Add one of " + known
                    + ", or remove the <login-config>.");
        }
        var method = login.method().get();
        if (!Security.Login.METHODS.contains(method)) {
            throw new WarException("checking " + war + ": the <auth-method> '" + method
                    + "' of the <login-config> is not known. Use one of " + known + ".");
        }
        if (method.equals(Security.Login.FORM)) {
            checkPage("form-login-page", login.loginPage());
            checkPage("form-error-page", login.errorPage());
        }
    }

    private void checkPage(String element, Optional<String> page) throws WarException {
        if (page.filter(path -> path.startsWith("/")).isEmpty()) {
            throw new WarException("checking " + war + ": the <login-config> is FORM, but "
                    + page.map(path -> "its <" + element + "> '" + path + "' does not begin with a slash.")
                            .orElse("it has no <" + element + ">.")
                    + " Give the path of a page, such as /login.html.");
        }
    }

    /** As in Tomcat, the rest of an application runs without one of its servlets; without a filter or a listener nothing does. */
    private void checkServlet(String name, String className) throws WarException {
        if (className.equals(JspConfig.SERVLET)) {
            return;
        }
        var what = "servlet '" + name + "'";
        var type = index.find(DotName.createSimple(className));
        if (type.isPresent()) {
            checkClass(what, className, type.get());
        } else {
            warnings.accept(missing(what, className) + " Until then it answers 404; the rest is served.");
        }
    }

    private void checkClass(String what, String className) throws WarException {
        var type = index.find(DotName.createSimple(className));
        if (type.isEmpty()) {
            throw new WarException(missing(what, className));
        }
        checkClass(what, className, type.get());
    }

    private String missing(String what, String className) {
        return "checking " + war + ": the class " + className + " of " + what
                + " is not in WEB-INF/classes or in a JAR of WEB-INF/lib. Add it, or correct the name.";
    }

    private void checkClass(String what, String className, ClassInfo type) throws WarException {
        var old = index.supertypes(type).stream()
                .filter(name -> name.toString().startsWith("javax.servlet.") && !index.has(name.toString()))
                .findFirst();
        if (old.isPresent()) {
            throw new WarException(
                    "checking " + war + ": the class " + className + " of " + what + " is written for "
                            + old.get()
                            + " (Java EE), and Narwhal serves Jakarta Servlet 6.1. Without --no-migrate the application is migrated.");
        }
    }

    private void checkPatterns(WebApp webApp) throws WarException {
        var owners = new HashMap<String, String>();
        for (var servlet : webApp.servlets()) {
            for (var pattern : servlet.urlPatterns()) {
                checkPattern("servlet '" + servlet.name() + "'", pattern);
                var owner = servlet.enabled() ? owners.putIfAbsent(pattern, servlet.name()) : null;
                if (owner != null) {
                    throw new WarException("checking " + war + ": the servlets '" + owner + "' and '" + servlet.name()
                            + "' are both mapped to " + pattern + ". Remove one of the mappings.");
                }
            }
        }
        for (var mapping : webApp.filterMappings()) {
            if (mapping.by() == FilterMapping.By.URL_PATTERN) {
                checkPattern("filter '" + mapping.filter() + "'", mapping.target());
            }
        }
    }

    /** A pattern that matches nothing would protect nothing. */
    private void checkConstraints(Security security) throws WarException {
        for (var constraint : security.constraints()) {
            for (var resources : constraint.resources()) {
                var what = "the <security-constraint> for '" + resources.name() + "'";
                for (var pattern : resources.urlPatterns()) {
                    checkPattern(what, pattern);
                }
                if (!resources.methods().isEmpty()
                        && !resources.methodOmissions().isEmpty()) {
                    throw new WarException("checking " + war + ": " + what
                            + " has both <http-method> and <http-method-omission>. Use one of them.");
                }
            }
        }
    }

    private void checkEncodings(WebApp webApp) throws WarException {
        if (webApp.requestCharacterEncoding().isPresent()) {
            checkEncoding(
                    "<request-character-encoding>",
                    webApp.requestCharacterEncoding().get());
        }
        if (webApp.responseCharacterEncoding().isPresent()) {
            checkEncoding(
                    "<response-character-encoding>",
                    webApp.responseCharacterEncoding().get());
        }
        for (var mapping : webApp.localeEncodings().entrySet()) {
            checkEncoding("<locale-encoding-mapping> for '" + mapping.getKey() + "'", mapping.getValue());
        }
    }

    private void checkCookie(SessionConfig.Cookie cookie) throws WarException {
        var names = new ArrayList<>(cookie.attributes().keySet());
        cookie.name().ifPresent(names::add);
        for (var name : names) {
            if (!TOKEN.matcher(name).matches()) {
                throw new WarException("checking " + war + ": the <cookie-config> has the name '" + name
                        + "', which no cookie can have. Use letters, digits, - and _.");
            }
        }
    }

    private void checkEncoding(String element, String encoding) throws WarException {
        try {
            Charset.forName(encoding);
        } catch (IllegalArgumentException e) {
            throw new WarException(
                    "checking " + war + ": the encoding '" + encoding + "' of the " + element
                            + " is not known. Use one such as UTF-8.",
                    e);
        }
    }

    /** Servlet 6.1 §12.2. */
    private void checkPattern(String what, String pattern) throws WarException {
        boolean path = pattern.startsWith("/") && !pattern.contains("*.");
        boolean extension = pattern.startsWith("*.") && pattern.indexOf('/') < 0;
        boolean clean = pattern.chars().noneMatch(Character::isISOControl);
        if (!clean || (!pattern.isEmpty() && !path && !extension)) {
            throw new WarException("checking " + war + ": the URL pattern '" + pattern.strip() + "' of " + what
                    + " is invalid. Use /path, /path/*, *.extension, / or an empty pattern.");
        }
    }

    private void checkFilterMappings(WebApp webApp) throws WarException {
        var filters = webApp.filters().stream().map(WebApp.Filter::name).collect(Collectors.toSet());
        var servlets = webApp.servlets().stream().map(WebApp.Servlet::name).collect(Collectors.toSet());
        servlets.add("*");
        servlets.addAll(WebAppReader.IMPLICIT_SERVLETS);
        for (var mapping : webApp.filterMappings()) {
            if (!filters.contains(mapping.filter())) {
                throw new WarException("checking " + war + ": the filter '" + mapping.filter() + "' is mapped to '"
                        + mapping.target() + "' but not declared. Add a <filter>, or remove its <filter-mapping>.");
            }
            if (mapping.by() == FilterMapping.By.SERVLET_NAME && !servlets.contains(mapping.target())) {
                unknownServlet(webApp, mapping);
            }
        }
    }

    /** Initializers and listeners may still register the servlet. */
    private void unknownServlet(WebApp webApp, FilterMapping mapping) throws WarException {
        var what = "checking " + war + ": the filter '" + mapping.filter() + "' is mapped to the servlet '"
                + mapping.target() + "', which is not declared.";
        if (webApp.initializers().isEmpty() && webApp.listeners().isEmpty()) {
            throw new WarException(what + " Declare the servlet, or correct the name.");
        }
        warnings.accept(what + " The filter has no effect there unless the application registers such a servlet.");
    }
}
