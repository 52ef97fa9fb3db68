package dev.narwhal.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseParserTest {

    private static final String FIXED = "HTTP/1.1 200 OK\r\nServer: x\r\nCONTENT-length: 5 \r\n\r\nhello";
    private static final String CHUNKED = """
            HTTP/1.1 200 \r
            transfer-encoding: Chunked\r
            Connection: keep-alive\r
            \r
            3;name=value\r
            hel\r
            A\r
            lo, world!\r
            0\r
            Trailer: x\r
            \r
            """;

    private final ResponseParser parser = new ResponseParser();

    @Test
    void a_body_ends_after_its_content_length() throws ProtocolException {
        assertThat(parse(FIXED + "next")).isEqualTo(FIXED.length());
        assertThat(parser.done()).isTrue();
        assertThat(parser.status()).isEqualTo(200);
        assertThat(parser.bodyLength()).isEqualTo(5);
        assertThat(parser.closing()).isFalse();
    }

    @Test
    void a_chunked_body_ends_after_its_trailers() throws ProtocolException {
        assertThat(parse(CHUNKED + "next")).isEqualTo(CHUNKED.length());
        assertThat(parser.done()).isTrue();
        assertThat(parser.bodyLength()).isEqualTo(13);
    }

    @ParameterizedTest
    @ValueSource(strings = {FIXED, CHUNKED})
    void an_answer_may_come_in_any_two_pieces_or_byte_by_byte(String answer) throws ProtocolException {
        for (int cut = 1; cut < answer.length(); cut++) {
            parser.reset();
            assertThat(parse(answer.substring(0, cut))).isEqualTo(cut);
            assertThat(parser.done()).isFalse();
            parse(answer.substring(cut));
            assertThat(parser.done()).isTrue();
        }
        parser.reset();
        for (var letter : answer.split("", -1)) {
            parse(letter);
        }
        assertThat(parser.done()).isTrue();
        assertThat(parser.status()).isEqualTo(200);
    }

    @Test
    void answers_without_a_body_end_with_their_head() throws ProtocolException {
        for (var head : new String[] {
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 304\r\nContent-Length: 9\r\n\r\n"
        }) {
            parser.reset();
            parse(head);
            assertThat(parser.done()).isTrue();
            assertThat(parser.bodyLength()).isZero();
        }
    }

    @Test
    void an_interim_answer_is_passed_over() throws ProtocolException {
        parse("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + FIXED);
        assertThat(parser.done()).isTrue();
        assertThat(parser.status()).isEqualTo(200);
    }

    @Test
    void connection_close_is_seen() throws ProtocolException {
        parse("HTTP/1.1 500 No\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n");
        assertThat(parser.closing()).isTrue();
        assertThat(parser.status()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\n",
                "HTTP/1.1 2x0 OK\r\n",
                "HTTP/1.1 2000 OK\r\n",
                "HTTP/1.1 200 OK\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: \r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n"
            })
    void what_is_not_http_is_refused(String answer) {
        assertThatThrownBy(() -> parse(answer)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void an_endless_line_is_refused() {
        assertThatThrownBy(() -> parse("HTTP/1.1 200 " + "x".repeat(10_000))).hasMessageContaining("8192");
    }

    private int parse(String text) throws ProtocolException {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return parser.parse(bytes, 0, bytes.length);
    }
}
