package dev.narwhal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every package, also those of tests and samples. */
final class PackagesTest {

    @Test
    void every_package_says_what_it_is_and_is_null_marked() throws IOException {
        var packages = packages(root());

        assertThat(packages)
                .hasSizeGreaterThan(5)
                .allSatisfy(directory -> assertThat(directory.resolve("package-info.java"))
                        .isRegularFile()
                        .content()
                        .contains(wanted(directory)));
    }

    /** Tests are found by their names; what the product is made of is explained. */
    private static List<String> wanted(Path directory) {
        return directory.toString().contains("/src/main/") ? List.of("@NullMarked", "/**") : List.of("@NullMarked");
    }

    private static List<Path> packages(Path root) throws IOException {
        try (Stream<Path> directories = Files.walk(root)) {
            return directories
                    .filter(Files::isDirectory)
                    .filter(directory -> root.relativize(directory).toString().matches(".*src/(main|test)/java/.+"))
                    .filter(directory -> !root.relativize(directory).toString().contains("target/"))
                    .filter(PackagesTest::hasClasses)
                    .toList();
        }
    }

    private static boolean hasClasses(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + directory, e);
        }
    }

    private static Path root() {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("container/dist"))) {
                return at;
            }
        }
        throw new IllegalStateException("looking for the top of the source tree: no container/dist above this module");
    }
}
