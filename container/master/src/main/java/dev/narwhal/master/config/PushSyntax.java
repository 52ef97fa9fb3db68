package dev.narwhal.master.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where numbers are sent, and what is said with them. */
final class PushSyntax {

    /** RFC 9110 §5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** What all flavors of StatsD take for a name. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    /** What ends a tag in one flavor or another. */
    private static final Pattern TAG = Pattern.compile("[!-~&&[^,=:|#@]]+");

    /** Those that the JDK's client sets, or that OTLP does. */
    private static final Pattern RESERVED =
            Pattern.compile("content-type|content-length|connection|expect|host|upgrade", Pattern.CASE_INSENSITIVE);

    private static final String MASK = "********";

    private PushSyntax() {}

    /** The address of somebody else, who listens. */
    static Syntax<Bind> address() {
        return new Syntax<>(
                "HOST:PORT, or PORT for 127.0.0.1",
                text -> {
                    var bind = Syntax.plainBind().parse(text);
                    if (bind.port() == 0
                            || bind.host().equals("0.0.0.0")
                            || bind.host().equals("::")) {
                        throw new BadValueException(
                                "'" + text + "' is nowhere that something can be sent to. Give HOST:PORT.");
                    }
                    return bind;
                },
                Bind::toString);
    }

    static Syntax<String> prefix() {
        var expected = "a name such as shop.web, of letters, digits, '.', '_' and '-'";
        return new Syntax<>(
                expected,
                text -> {
                    if (!NAME.matcher(text).matches()) {
                        throw new BadValueException("'" + text + "' is not " + expected + ".");
                    }
                    return text;
                },
                text -> text);
    }

    static Syntax<Map.Entry<String, String>> tag() {
        return new Syntax<>(
                "KEY=VALUE, without spaces and ,:|#@",
                text -> {
                    int equals = text.indexOf('=');
                    if (equals < 1
                            || !NAME.matcher(text.substring(0, equals)).matches()
                            || !TAG.matcher(text.substring(equals + 1)).matches()) {
                        throw new BadValueException("'" + text + "' is not KEY=VALUE without spaces and ,:|#@.");
                    }
                    return Map.entry(text.substring(0, equals), text.substring(equals + 1));
                },
                tag -> tag.getKey() + "=" + tag.getValue());
    }

    /** A URL; one without a path gets the one that every receiver has. */
    static Syntax<URI> url() {
        var expected = "an http:// or https:// URL such as http://127.0.0.1:4318/v1/metrics";
        return new Syntax<>(
                expected,
                text -> url(text).orElseThrow(() -> new BadValueException("the value is not " + expected + ".")),
                URI::toString);
    }

    private static Optional<URI> url(String text) {
        try {
            var url = new URI(text);
            if (url.getUserInfo() != null) {
                throw new BadValueException(
                        "the URL has a user or password, which anybody can read there. Give otlp-header.");
            }
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (!http || url.getHost() == null || url.getFragment() != null || url.getPort() == 0) {
                return Optional.empty();
            }
            boolean alone = (url.getPath().isEmpty() || url.getPath().equals("/")) && url.getQuery() == null;
            return Optional.of(alone ? url.resolve("/v1/metrics") : url);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** What it says is often a key, and is neither shown nor told in messages. */
    static Syntax<Map.Entry<String, String>> header() {
        return new Syntax<>("NAME=VALUE", PushSyntax::header, header -> header.getKey() + "=" + MASK);
    }

    private static Map.Entry<String, String> header(String text) {
        int equals = text.indexOf('=');
        var name = text.substring(0, Math.max(0, equals));
        if (!TOKEN.matcher(name).matches()) {
            throw new BadValueException("the value is not NAME=VALUE with the name of a header.");
        }
        if (RESERVED.matcher(name).matches()) {
            throw new BadValueException(
                    "the header '" + name + "' cannot be given here: it is part of how OTLP is sent.");
        }
        if (!text.chars().allMatch(character -> character >= ' ' && character < 127)) {
            throw new BadValueException(
                    "the header '" + name + "' has a value with characters that no header may have.");
        }
        return Map.entry(name, text.substring(equals + 1));
    }
}
