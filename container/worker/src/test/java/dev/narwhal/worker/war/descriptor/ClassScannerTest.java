package dev.narwhal.worker.war.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class files that are unusual, but run. */
class ClassScannerTest {

    private final List<String> warnings = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path directory;

    /** As libraries have them that are annotated for nullness: the indexer trips over the type of the method. */
    private static Class<?> localToStaticMethod() {
        @WebServlet("/local")
        class Local extends HttpServlet {

            private static final long serialVersionUID = 1;

            @SuppressWarnings("unused") // its type is what the test is about
            @Nullable
            Local next() {
                return null;
            }
        }
        return Local.class;
    }

    @Test
    void a_class_local_to_a_static_method_with_annotated_types_keeps_its_other_annotations() throws Exception {
        var servlet = scanned(localToStaticMethod(), read(localToStaticMethod()));

        assertThat(servlet.declaredAnnotation(WebServlet.class).value().asStringArray())
                .containsExactly("/local");
        assertThat(servlet.superName().toString()).isEqualTo(HttpServlet.class.getName());
        assertThat(warnings).isEmpty();
    }

    @Test
    void what_is_no_class_file_is_told_of_and_passed_over() throws Exception {
        write(localToStaticMethod(), "not a class".getBytes(StandardCharsets.US_ASCII));

        assertThat(scan().getKnownClasses()).isEmpty();
        assertThat(warnings).singleElement().asString().contains("not a class file", "WEB-INF/classes");
    }

    private ClassInfo scanned(Class<?> type, byte[] bytes) throws Exception {
        write(type, bytes);
        return Objects.requireNonNull(scan().getClassByName(DotName.createSimple(type.getName())));
    }

    private Index scan() throws Exception {
        var war = WarFiles.of("test.war", directory);
        return new ClassScanner(war, warnings::add).directory(war.classes().orElseThrow());
    }

    private void write(Class<?> type, byte[] bytes) throws IOException {
        var file = directory.resolve("WEB-INF/classes/" + type.getName().replace('.', '/') + ".class");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, bytes);
    }

    private static byte[] read(Class<?> type) throws IOException {
        try (var in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
