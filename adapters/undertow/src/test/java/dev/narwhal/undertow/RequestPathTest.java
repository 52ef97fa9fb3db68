package dev.narwhal.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servlet 6.1 §3.5.2. */
final class RequestPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/a/", "/a/b.c", "/a.b/c-d_e~f", "/a/b..c"})
    void most_paths_are_canonical(String path) {
        assertThat(RequestPath.isCanonical(path)).isTrue();
        assertThat(RequestPath.canonical(path)).contains(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/./b, /a/b",
        "/a/../b, /b",
        "/a/b/.., /a/",
        "/a/., /a/",
        "/a//b, /a/b",
        "/a//, /a/",
        "//, /",
        "/a;x=y/b, /a/b",
        "/a;x=y, /a",
        "/a/;x=y, /a/",
        "/;x=y, /",
        "/%41, /A",
        "/a%20b, /a b",
        "/r%C3%B8ye, /røye",
        "/a%25b, /a%b",
        "/.hidden, /.hidden",
        "/..., /..."
    })
    void others_are_brought_into_form(String path, String canonical) {
        assertThat(RequestPath.isCanonical(path)).isFalse();
        assertThat(RequestPath.canonical(path)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/a/../..",
                "/a%2Fb",
                "/a%5cb",
                "/a\\b",
                "/a/..;x/b",
                "/a/.;x/b",
                "/%2e/b",
                "/a/%2E./b",
                "/a//../b",
                "/;x/b",
                "/a/;x/",
                "/a/;x/..",
                "/a%00",
                "/a%1f",
                "/a%7F",
                "/a\tb",
                "/a%",
                "/a%2",
                "/a%zz",
                "/a%C3%28",
                "/a%C3"
            })
    void suspicious_paths_are_refused(String path) {
        assertThat(RequestPath.isCanonical(path)).isFalse();
        assertThat(RequestPath.canonical(path)).isEmpty();
    }
}
