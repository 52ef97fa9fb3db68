package dev.narwhal.bench.load;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Parses the answers to GET requests on one connection (RFC 9112), strictly, in pieces of any size. Body bytes are counted and
 * not kept.
 */
final class ResponseParser {

    private enum State {
        STATUS_LINE,
        HEADER,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        DONE
    }

    private static final int MOST_LINE_BYTES = 8 * 1024;
    private static final byte[] VERSION = ascii("http/1.1 ");
    private static final byte[] CONTENT_LENGTH = ascii("content-length:");
    private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding:");
    private static final byte[] CONNECTION = ascii("connection:");

    private State state = State.STATUS_LINE;
    private byte[] line = new byte[256]; // the beginning of a line whose end has not come yet
    private int lineLength;
    private int status;
    private long contentLength = -1;
    private boolean chunked;
    private boolean closing;
    private long remaining;
    private long bodyLength;

    /** Prepares for the next answer. */
    void reset() {
        state = State.STATUS_LINE;
        lineLength = 0;
        bodyLength = 0;
        resetHead();
    }

    private void resetHead() {
        status = 0;
        contentLength = -1;
        chunked = false;
        closing = false;
    }

    boolean done() {
        return state == State.DONE;
    }

    /** Whether nothing of an answer has come yet. */
    boolean untouched() {
        return state == State.STATUS_LINE && lineLength == 0 && status == 0;
    }

    int status() {
        return status;
    }

    long bodyLength() {
        return bodyLength;
    }

    /** Whether the server said that it closes the connection after this answer. */
    boolean closing() {
        return closing;
    }

    /**
     * Parses what came next.
     *
     * @return the position after the last byte that belongs to the answer; {@code to} unless it is {@link #done}
     */
    int parse(byte[] bytes, int from, int to) throws ProtocolException {
        int at = from;
        while (at < to && state != State.DONE) {
            at = state == State.BODY || state == State.CHUNK ? body(at, to) : line(bytes, at, to);
        }
        return at;
    }

    private int body(int at, int to) {
        int taken = (int) Math.min(remaining, to - at);
        remaining -= taken;
        bodyLength += taken;
        if (remaining == 0) {
            state = state == State.BODY ? State.DONE : State.CHUNK_END;
        }
        return at + taken;
    }

    private int line(byte[] bytes, int from, int to) throws ProtocolException {
        int end = from;
        while (end < to && bytes[end] != '\n') {
            end++;
        }
        boolean whole = end < to;
        if (whole && lineLength == 0) {
            complete(bytes, from, end);
        } else {
            keep(bytes, from, end);
            if (whole) {
                int length = lineLength;
                lineLength = 0;
                complete(line, 0, length);
            }
        }
        return whole ? end + 1 : end;
    }

    private void keep(byte[] bytes, int from, int end) throws ProtocolException {
        int length = lineLength + end - from;
        if (length > MOST_LINE_BYTES) {
            throw new ProtocolException("a line of more than " + MOST_LINE_BYTES + " bytes");
        }
        if (length > line.length) {
            line = Arrays.copyOf(line, Math.max(length, 2 * line.length));
        }
        System.arraycopy(bytes, from, line, lineLength, end - from);
        lineLength = length;
    }

    private void complete(byte[] bytes, int from, int lineFeed) throws ProtocolException {
        int end = lineFeed - 1;
        if (end < from || bytes[end] != '\r') {
            throw bad("a line that does not end with CR LF", bytes, from, lineFeed);
        }
        switch (state) {
            case STATUS_LINE -> statusLine(bytes, from, end);
            case HEADER -> {
                if (from == end) {
                    headEnded();
                } else {
                    header(bytes, from, end);
                }
            }
            case CHUNK_SIZE -> chunkSize(bytes, from, end);
            case CHUNK_END -> {
                if (from != end) {
                    throw bad("bytes after a chunk", bytes, from, end);
                }
                state = State.CHUNK_SIZE;
            }
            case TRAILER -> state = from == end ? State.DONE : State.TRAILER;
            case BODY, CHUNK, DONE -> throw new IllegalStateException("no line is read in state " + state);
        }
    }

    private void statusLine(byte[] bytes, int from, int end) throws ProtocolException {
        int code = from + VERSION.length;
        if (!startsWith(bytes, from, end, VERSION) || end < code + 3 || (end > code + 3 && bytes[code + 3] != ' ')) {
            throw bad("not a status line", bytes, from, end);
        }
        status = (int) number(bytes, code, code + 3, 10);
        state = State.HEADER;
    }

    private void header(byte[] bytes, int from, int end) throws ProtocolException {
        // The first letter decides for nearly all headers.
        switch (bytes[from] | 0x20) {
            case 'c' -> {
                if (startsWith(bytes, from, end, CONTENT_LENGTH)) {
                    contentLength(bytes, from, end);
                } else if (startsWith(bytes, from, end, CONNECTION)) {
                    closing |= value(bytes, from + CONNECTION.length, end).equalsIgnoreCase("close");
                }
            }
            case 't' -> {
                if (startsWith(bytes, from, end, TRANSFER_ENCODING)) {
                    if (!value(bytes, from + TRANSFER_ENCODING.length, end).equalsIgnoreCase("chunked")) {
                        throw bad("an unknown transfer encoding", bytes, from, end);
                    }
                    chunked = true;
                }
            }
            default -> {
                // of no interest here
            }
        }
    }

    private void contentLength(byte[] bytes, int from, int end) throws ProtocolException {
        int first = from + CONTENT_LENGTH.length;
        int last = end;
        while (first < last && isBlank(bytes[first])) {
            first++;
        }
        while (first < last && isBlank(bytes[last - 1])) {
            last--;
        }
        long length = number(bytes, first, last, 10);
        if (contentLength >= 0 && contentLength != length) {
            throw bad("a second Content-Length", bytes, from, end);
        }
        contentLength = length;
    }

    private void headEnded() throws ProtocolException {
        if (chunked && contentLength >= 0) {
            throw new ProtocolException("an answer with both Content-Length and Transfer-Encoding");
        }
        if (status < 200) {
            resetHead();
            state = State.STATUS_LINE;
        } else if (status == 204 || status == 304) {
            state = State.DONE;
        } else if (chunked) {
            state = State.CHUNK_SIZE;
        } else if (contentLength >= 0) {
            remaining = contentLength;
            state = remaining == 0 ? State.DONE : State.BODY;
        } else {
            throw new ProtocolException("an answer with neither Content-Length nor Transfer-Encoding");
        }
    }

    private void chunkSize(byte[] bytes, int from, int end) throws ProtocolException {
        int last = from;
        while (last < end && bytes[last] != ';' && !isBlank(bytes[last])) {
            last++;
        }
        remaining = number(bytes, from, last, 16);
        state = remaining == 0 ? State.TRAILER : State.CHUNK;
    }

    private static boolean startsWith(byte[] bytes, int from, int end, byte[] lowerCase) {
        if (end - from < lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            int b = bytes[from + i];
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] bytes, int from, int end, int radix) throws ProtocolException {
        if (from == end || end - from > 15) {
            throw bad("not a number", bytes, from, end);
        }
        long number = 0;
        for (int i = from; i < end; i++) {
            int digit = Character.digit(bytes[i], radix);
            if (digit < 0) {
                throw bad("not a number", bytes, from, end);
            }
            number = number * radix + digit;
        }
        return number;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static String value(byte[] bytes, int from, int end) {
        return text(bytes, from, end).strip();
    }

    private static ProtocolException bad(String found, byte[] bytes, int from, int end) {
        return new ProtocolException(found + ": \"" + text(bytes, from, Math.min(end, from + 80)) + "\"");
    }

    private static String text(byte[] bytes, int from, int end) {
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
