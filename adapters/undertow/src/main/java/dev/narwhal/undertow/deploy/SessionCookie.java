package dev.narwhal.undertow.deploy;

import io.undertow.servlet.spec.ServletContextImpl;
import io.undertow.servlet.spec.SessionCookieConfigImpl;
import jakarta.servlet.http.Cookie;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the cookie of sessions is made, which refuses what the interface says is refused, and takes the names of attributes in any case. */
final class SessionCookie extends SessionCookieConfigImpl {

    /** As Undertow writes those that it knows. */
    private static final List<String> KNOWN =
            List.of("Domain", "Path", "Max-Age", "Secure", "HttpOnly", "SameSite", "Expires", "Discard", "Comment");

    SessionCookie(ServletContextImpl context) {
        super(context);
    }

    /** @throws IllegalArgumentException for a name that a cookie cannot have */
    @Override
    @SuppressWarnings("UnusedVariable") // a cookie that cannot be is refused by its constructor
    public void setName(@Nullable String name) {
        var _ = new Cookie(name, "");
        super.setName(name);
    }

    @Override
    public void setAttribute(@Nullable String name, @Nullable String value) {
        new Cookie("any", "").setAttribute(name, value); // refuses what no cookie can have
        super.setAttribute(
                KNOWN.stream()
                        .filter(known -> known.equalsIgnoreCase(name))
                        .findFirst()
                        .orElse(name),
                value);
    }

    @Override
    public Map<String, String> getAttributes() {
        var attributes = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        attributes.putAll(super.getAttributes());
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
