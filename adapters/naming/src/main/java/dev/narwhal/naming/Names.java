package dev.narwhal.naming;

/** Names as descriptors and annotations write them. */
final class Names {

    private static final String ENVIRONMENT = "comp/env/";

    private Names() {}

    /** The path from the root of a {@link Namespace}; names without a scheme are relative to {@code java:comp/env/}. */
    static String path(String name) {
        if (!name.startsWith(Namespace.SCHEME)) {
            return ENVIRONMENT + name;
        }
        var path = name.substring(Namespace.SCHEME.length());
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
