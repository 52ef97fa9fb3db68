package dev.narwhal.migration;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The two names that the Servlet API has had, and how code shows which of them it is written for. */
enum ServletApi {
    JAVAX("javax"),
    JAKARTA("jakarta");

    private final String word;
    private final String servlet;
    private final String webSocket;

    /** A class, not one of the attributes whose names start the same. */
    private final Pattern inPage;

    ServletApi(String word) {
        this.word = word;
        servlet = word + "/servlet/";
        webSocket = word + "/websocket/";
        inPage = Pattern.compile(word + "\\.servlet\\.([a-z]+\\.)*[A-Z]");
    }

    /** {@code javax} or {@code jakarta}. */
    String word() {
        return word;
    }

    /** The API that a class belongs to; its name has slashes. */
    static Optional<ServletApi> of(String className) {
        for (var api : values()) {
            if (className.startsWith(api.servlet) || className.startsWith(api.webSocket)) {
                return Optional.of(api);
            }
        }
        return Optional.empty();
    }

    /** What a class refers to: as a class, in a descriptor or as an annotation, but not in texts. */
    static Set<ServletApi> referredTo(byte[] classFile) {
        var found = EnumSet.noneOf(ServletApi.class);
        var text = new String(classFile, StandardCharsets.ISO_8859_1);
        for (var api : values()) {
            if ((text.contains(api.servlet) || text.contains(api.webSocket))
                    && parse(classFile).map(api::isReferredTo).orElse(false)) {
                found.add(api);
            }
        }
        return found;
    }

    private boolean isReferredTo(ClassModel type) {
        for (var entry : type.constantPool()) {
            boolean refers = switch (entry) {
                case ClassEntry named -> isOf(named.asInternalName());
                case Utf8Entry utf8 -> isDescriptor(utf8.stringValue());
                default -> false;
            };
            if (refers) {
                return true;
            }
        }
        return false;
    }

    private boolean isOf(String name) {
        return name.startsWith(servlet) || name.startsWith(webSocket) || (name.startsWith("[") && isDescriptor(name));
    }

    private boolean isDescriptor(String text) {
        boolean several = text.startsWith("(") || text.startsWith("[");
        return Stream.of("L" + servlet, "L" + webSocket)
                .anyMatch(start -> several ? text.contains(start) : text.startsWith(start) && text.endsWith(";"));
    }

    /** What a page refers to. */
    static Set<ServletApi> inPage(String text) {
        var found = EnumSet.noneOf(ServletApi.class);
        for (var api : values()) {
            if (api.inPage.matcher(text).find()) {
                found.add(api);
            }
        }
        return found;
    }

    /** Nothing for what is not a class file that can be understood: obfuscators and test data of libraries. */
    static Optional<ClassModel> parse(byte[] classFile) {
        try {
            return Optional.of(ClassFile.of().parse(classFile));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
