package dev.narwhal.migration;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.tomcat.jakartaee.ClassConverter;
import org.apache.tomcat.jakartaee.EESpecProfile;

/**
 * The JAR that a migrated application gets: package {@code legacy}. The types that the API has lost are in a package of ours until here,
 * so that the server itself does not have them.
 */
final class LegacyJar {

    private static final String NAME = "WEB-INF/lib/narwhal-legacy.jar";
    private static final String PACKAGE = "dev/narwhal/legacy/";
    private static final List<String> CLASSES = List.of(
            "Calls",
            "Defaults",
            "Defaults$1",
            "LegacyELResolver",
            "LegacyHttpServletRequest",
            "LegacyHttpServletResponse",
            "LegacyHttpSession",
            "LegacyJspException",
            "LegacyMethodExpression",
            "LegacyServletContext",
            "LegacyServletRequest",
            "LegacyUnavailableException",
            "PageCalls",
            "PageDefaults",
            "jakarta/servlet/SingleThreadModel",
            "jakarta/servlet/http/HttpSessionContext",
            "jakarta/servlet/http/HttpUtils");

    /** Gives the removed types their names back. */
    private enum OwnNames implements EESpecProfile {
        REMOVED;

        private static final Pattern PATTERN = Pattern.compile("dev[/.]narwhal[/.]legacy[/.](jakarta[/.])");

        @Override
        public String getSource() {
            return "dev.narwhal.legacy";
        }

        @Override
        public String getTarget() {
            return "";
        }

        @Override
        public Pattern getPattern() {
            return PATTERN;
        }
    }

    private LegacyJar() {}

    static void write(Path app) throws IOException {
        var jar = app.resolve(NAME);
        Files.createDirectories(jar.getParent());
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (var name : CLASSES) {
                var path = PACKAGE + name + ".class";
                var entry = new ZipEntry(OwnNames.REMOVED.convert(path));
                entry.setTime(0);
                out.putNextEntry(entry);
                out.write(renamed(path));
                out.closeEntry();
            }
        }
    }

    private static byte[] renamed(String path) throws IOException {
        try (var in = LegacyJar.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            var out = new ByteArrayOutputStream();
            new ClassConverter().convert(path, new ByteArrayInputStream(in.readAllBytes()), out, OwnNames.REMOVED);
            return out.toByteArray();
        }
    }
}
