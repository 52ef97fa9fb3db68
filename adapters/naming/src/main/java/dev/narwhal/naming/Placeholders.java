package dev.narwhal.naming;

import dev.narwhal.contract.ResourceSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ${db.password}} in Tomcat's file stands for a system property, {@code ${db.password:-none}} has a default. */
final class Placeholders {

    private static final String TOMCAT = "META-INF/context.xml";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]+)(?::-([^}]*))?}");

    private Placeholders() {}

    /** The resource as it is meant; of others than Tomcat's, every character counts. */
    static ResourceSpec in(ResourceSpec resource) {
        return resource.origin().equals(TOMCAT)
                ? new ResourceSpec(
                        resource.name(),
                        resource.origin(),
                        resource.type(),
                        replace(resource.settings()),
                        replace(resource.properties()))
                : resource;
    }

    private static Map<String, String> replace(Map<String, String> texts) {
        var replaced = new LinkedHashMap<String, String>();
        texts.forEach((key, text) -> replaced.put(key, replace(text)));
        return replaced;
    }

    /** What nobody defines stays as it is, as in Tomcat. */
    static String replace(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(Optional.ofNullable(System.getProperty(found.group(1)))
                        .or(() -> Optional.ofNullable(found.group(2)))
                        .orElse(found.group())));
    }
}
