package dev.narwhal.undertow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servlet 6.1 §3.5.2. */
final class CanonicalPathTest {

    @ParameterizedTest
    @CsvSource({
        "/, /, /",
        "/a/b.c, /a/b.c, /a/b.c",
        "/a b, /a%20b, /a b",
        "/a, /a;x=y, /a",
        "/a/, /a/;jsessionid=1, /a/",
        "//a, //a, /a",
        "///a//b///, ///a//b///, /a/b/",
        "/./a, /./a, /a",
        "/a/., /a/., /a/",
        "/x/../a, /x/../a, /a",
        "/x/.., /x/.., /",
        "/x/..//a, /x/..//a, /a",
        "/.well-known/x, /.well-known/x, /.well-known/x",
        "/a/...b, /a/...b, /a/...b",
        "*, *, *"
    })
    void there_is_one_way_to_write_a_path(String path, String uri, String canonical) {
        assertThat(CanonicalPath.of(path, uri)).contains(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "/../a, /../a",
        "/x/../../a, /x/../../a",
        "/./a, /%2e/a",
        "/x/../a, /x/%2E%2e/a",
        "/x/../a, /x/.%2e/a",
        "/x/../a, /x/..;/a",
        "/./a, /.;y/a",
        "//a, /;x/a",
        "/a%2Fb, /a%2Fb",
        "/a\\b, /a%5cb",
        "/a\\b, /a\\b"
    })
    void what_hides_something_is_refused(String path, String uri) {
        assertThat(CanonicalPath.of(path, uri)).isEmpty();
        assertThat(CanonicalPath.of("/a\0", "/a%00")).isEmpty();
        assertThat(CanonicalPath.of("/a\r\n", "/a%0d%0A")).isEmpty();
    }
}
