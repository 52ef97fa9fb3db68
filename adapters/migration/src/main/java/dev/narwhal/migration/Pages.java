package dev.narwhal.migration;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links the Java code in pages, which is compiled later, to equivalents of what Servlet 6 and Pages 4 removed. */
final class Pages {

    private static final List<String> EXTENSIONS = List.of("jsp", "jspf", "tag", "tagf");

    /** Scriptlets, expressions and declarations; neither comments nor directives. */
    private static final Pattern CODE = Pattern.compile("<%(?!--|@).*?%>", Pattern.DOTALL);

    /** A removed method of an object that every page has; whatever the name means there, the method takes the object's type. */
    private static final Pattern CALL = Pattern.compile("(?<![.\\w])(?:"
            + "(response)\\s*\\.\\s*(setStatus|encodeUrl|encodeRedirectUrl)"
            + "|(request)\\s*\\.\\s*(isRequestedSessionIdFromUrl|getRealPath)"
            + "|(session)\\s*\\.\\s*(getValue|putValue|removeValue|getValueNames|getSessionContext)"
            + ")\\s*\\((\\s*\\))?");

    /** Pages 4.0 does not know the attribute any more. */
    private static final Pattern IS_THREAD_SAFE =
            Pattern.compile("(<%@\\s*page\\b[^%]*?)\\bisThreadSafe\\s*=\\s*(\"[^\"]*\"|'[^']*')");

    private Pages() {}

    static boolean isPage(String name) {
        return EXTENSIONS.contains(Evidence.extension(name));
    }

    /** The page with its calls linked. In whatever encoding it is written, what is replaced is ASCII. */
    static byte[] link(byte[] page) {
        var text = new String(page, StandardCharsets.ISO_8859_1);
        var threadSafe = IS_THREAD_SAFE.matcher(text).replaceAll("$1");
        var linked = CODE.matcher(threadSafe).replaceAll(code -> Matcher.quoteReplacement(calls(code.group())));
        return linked.equals(text) ? page : linked.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String calls(String code) {
        return CALL.matcher(code).replaceAll(call -> {
            int object = call.group(1) != null ? 1 : call.group(3) != null ? 3 : 5;
            boolean alone = call.group(7) != null;
            return "dev.narwhal.legacy.Calls." + call.group(object + 1) + "(" + call.group(object)
                    + (alone ? ")" : ", ");
        });
    }
}
