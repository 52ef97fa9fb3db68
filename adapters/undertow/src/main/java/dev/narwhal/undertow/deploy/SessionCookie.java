package dev.narwhal.undertow.deploy;

import io.undertow.servlet.spec.ServletContextImpl;
import io.undertow.servlet.spec.SessionCookieConfigImpl;
import jakarta.servlet.http.Cookie;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the cookie of sessions is made, which refuses what the interface says is refused, and takes the names of attributes in any case. Of name,
 * path and domain it tells what the application has said of them, as in Tomcat: nothing until then, whatever the cookie will have. Once the
 * application is initialized nobody can say anything, and the name is the one that the cookie has: Undertow's response, to which an
 * application comes that looks below all wrappers, takes it from here.
 */
final class SessionCookie extends SessionCookieConfigImpl {

    /** What a descriptor says of the cookie. */
    record Said(Optional<String> name, Optional<String> path, Optional<String> domain) {}

    private static final String PATH = "Path";
    private static final String DOMAIN = "Domain";

    /** As Undertow writes those that it knows. */
    private static final List<String> KNOWN =
            List.of(DOMAIN, PATH, "Max-Age", "Secure", "HttpOnly", "SameSite", "Expires", "Discard", "Comment");

    private final Said declared;
    private @Nullable String name;
    private @Nullable String path;
    private @Nullable String domain;
    private @Nullable String defaultPath;
    private @Nullable String defaultDomain;
    private volatile boolean settled;

    SessionCookie(ServletContextImpl context, Said declared) {
        super(context);
        this.declared = declared;
    }

    /** Undertow has told it everything by its setters, what the server has to say, too; from now on it is the application that calls them. */
    void configured() {
        defaultPath = super.getPath();
        defaultDomain = super.getDomain();
        name = declared.name().orElse(null);
        path = declared.path().orElse(null);
        domain = declared.domain().orElse(null);
    }

    /** Nobody can say anything of it any more. */
    void settled() {
        settled = true;
    }

    /** The name that the cookie has, whoever has said it. */
    String effectiveName() {
        return super.getName();
    }

    @Override
    public @Nullable String getName() {
        return settled ? effectiveName() : name;
    }

    /** @throws IllegalArgumentException for a name that a cookie cannot have */
    @Override
    @SuppressWarnings("UnusedVariable") // a cookie that cannot be is refused by its constructor
    public void setName(@Nullable String name) {
        var _ = new Cookie(name, "");
        super.setName(name);
        this.name = name;
    }

    @Override
    public @Nullable String getPath() {
        return path;
    }

    /** @param path null for the one that it has by default */
    @Override
    public void setPath(@Nullable String path) {
        super.setPath(Objects.requireNonNullElse(path, Objects.requireNonNullElse(defaultPath, "/")));
        this.path = path;
    }

    @Override
    public @Nullable String getDomain() {
        return domain;
    }

    /** @param domain null for the one that it has by default, if any */
    @Override
    public void setDomain(@Nullable String domain) {
        super.setDomain(domain == null ? defaultDomain : domain);
        this.domain = domain;
    }

    private static @Nullable String asKnown(@Nullable String name) {
        return KNOWN.stream()
                .filter(known -> known.equalsIgnoreCase(name))
                .findFirst()
                .orElse(name);
    }

    @Override
    public void setAttribute(@Nullable String name, @Nullable String value) {
        new Cookie("any", "").setAttribute(name, value); // refuses what no cookie can have
        var known = asKnown(name);
        switch (known) {
            case PATH -> setPath(value);
            case DOMAIN -> setDomain(value);
            case null, default -> super.setAttribute(known, value);
        }
    }

    @Override
    public @Nullable String getAttribute(@Nullable String name) {
        var known = asKnown(name);
        return switch (known) {
            case PATH -> path;
            case DOMAIN -> domain;
            case null, default -> super.getAttribute(known);
        };
    }

    @Override
    public Map<String, String> getAttributes() {
        var attributes = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        attributes.putAll(super.getAttributes());
        if (path == null) {
            attributes.remove(PATH);
        }
        if (domain == null) {
            attributes.remove(DOMAIN);
        }
        return Collections.unmodifiableMap(attributes);
    }

    /** None, whatever was set: cookies have none any more. */
    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // whoever calls it calls the interface
    public @Nullable String getComment() {
        return null;
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public void setComment(@Nullable String comment) {
        super.setComment(null);
    }
}
