package dev.narwhal.master.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** {@code KEY=VALUE} for the session cookie: keys and values that browsers know. */
final class CookieSyntax {

    /** RFC 6265 §4.1.1. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final List<String> SAME_SITE = List.of("Strict", "Lax", "None");
    private static final List<String> KEYS =
            List.of("name", "path", "domain", "same-site", "secure", "http-only", "partitioned", "max-age");

    private CookieSyntax() {}

    static Syntax<Map.Entry<String, String>> of() {
        return new Syntax<>(
                "KEY=VALUE, with one of the keys " + String.join(", ", KEYS),
                CookieSyntax::parse,
                entry -> entry.getKey() + "=" + entry.getValue());
    }

    private static Map.Entry<String, String> parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new BadValueException("'" + text + "' is not KEY=VALUE.");
        }
        var key = text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        var value = text.substring(equals + 1).strip();
        return Map.entry(
                key,
                switch (key) {
                    case "name" ->
                        checked(key, value, TOKEN.asMatchPredicate(), "a name without spaces and ()<>@,;:\\\"/[]?={}");
                    case "path" ->
                        checked(key, value, path -> path.startsWith("/") && isAttribute(path), "a path such as /shop");
                    case "domain" ->
                        checked(
                                key,
                                value,
                                domain -> !domain.isEmpty() && isAttribute(domain),
                                "a domain such as example.com");
                    case "same-site" ->
                        SAME_SITE.stream()
                                .filter(value::equalsIgnoreCase)
                                .findFirst()
                                .orElseThrow(() -> bad(key, value, "one of " + String.join(", ", SAME_SITE)));
                    case "secure", "http-only", "partitioned" ->
                        checked(
                                key,
                                value.toLowerCase(Locale.ROOT),
                                List.of("true", "false")::contains,
                                "true or false");
                    case "max-age" ->
                        checked(
                                key,
                                value,
                                age -> age.matches("-1|[0-9]{1,9}"),
                                "a number of seconds, or -1 for until the browser ends");
                    default ->
                        throw new BadValueException("'" + key + "' is no key of it. Keys are " + String.join(", ", KEYS)
                                + "." + Suggestion.of(key, KEYS));
                });
    }

    private static boolean isAttribute(String value) {
        return value.chars().allMatch(character -> character > ' ' && character < 127 && character != ';');
    }

    private static String checked(String key, String value, Predicate<String> good, String expected) {
        if (!good.test(value)) {
            throw bad(key, value, expected);
        }
        return value;
    }

    private static BadValueException bad(String key, String value, String expected) {
        return new BadValueException("%s: '%s' is not %s.".formatted(key, value, expected));
    }
}
