package dev.narwhal.master.config;

import java.util.regex.Pattern;

/** Where an application is served: {@code ""} for the root, otherwise {@code /name} (Servlet 6.1 §3.5). */
final class ContextPath {

    private static final Pattern REFUSED = Pattern.compile("[\\p{Cntrl}\\s?#;%\\\\\"<>]");

    private ContextPath() {}

    /**
     * The normal form, without a slash at the end.
     *
     * @throws BadValueException when it is not a path that requests can begin with
     */
    static String parse(String text) {
        if (text.isEmpty() || text.equals("/")) {
            return "";
        }
        if (!text.startsWith("/")) {
            throw new BadValueException("the context path '" + text + "' does not begin with /. Give /" + text + ".");
        }
        var path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (REFUSED.matcher(path).find()) {
            throw new BadValueException(
                    "the context path '" + text
                            + "' has a character that is special in URLs or invisible. Use letters, digits, '-', '_', '.', '/'.");
        }
        for (var segment : path.substring(1).split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new BadValueException("the context path '" + text + "' has the segment '" + segment
                        + "'. Give a plain path such as /shop.");
            }
        }
        return path;
    }

    /**
     * Tomcat's naming: {@code shop.war} is {@code /shop}, {@code ROOT.war} the root, {@code a#b.war} is {@code /a/b}, and what
     * follows {@code ##} is a version.
     */
    static String ofFileName(String fileName) {
        var name = fileName.endsWith(".war") ? fileName.substring(0, fileName.length() - 4) : fileName;
        int version = name.indexOf("##");
        var base = version < 0 ? name : name.substring(0, version);
        return parse(base.equals("ROOT") ? "" : "/" + base.replace('#', '/'));
    }
}
