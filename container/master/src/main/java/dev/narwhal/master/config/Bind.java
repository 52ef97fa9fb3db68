package dev.narwhal.master.config;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * An address to listen on.
 *
 * <p>Texts: {@code 127.0.0.1:8000}, {@code localhost:8000}, {@code [::1]:8000}; {@code :8000} and {@code *:8000} are
 * {@code 0.0.0.0:8000}, all IPv4 addresses, as in Gunicorn; {@code [::]:8000} is all addresses, IPv4 too on Linux; a port
 * alone stays on this machine: {@code 8000} is {@code 127.0.0.1:8000}. Port 0 lets the system choose. {@code https://} before it makes a
 * listener with TLS; {@code http://} says what holds anyway. {@code fd://3} and {@code https+fd://3} are a socket that listens already, which whoever started
 * this process has left open under that number.
 *
 * @param host a name or a numeric address, without brackets; empty only with a descriptor
 * @param port 0 to 65535
 * @param tls whether connections begin with a TLS handshake
 * @param descriptor the number of an open socket, which has its own address
 */
public record Bind(String host, int port, boolean tls, OptionalInt descriptor) {

    private static final Pattern FD = Pattern.compile("(https\\+|http\\+)?fd://(.*)");
    private static final int FIRST_FD = 3;

    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    private static final Pattern NAME_OR_IPV4 = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]+(%[A-Za-z0-9_.-]+)?");

    public Bind(String host, int port, boolean tls) {
        this(host, port, tls, OptionalInt.empty());
    }

    /** Without TLS. */
    public Bind(String host, int port) {
        this(host, port, false);
    }

    /**
     * Reads what {@link #toString} writes, and the short forms.
     *
     * @throws BadValueException for anything else
     */
    public static Bind parse(String text) {
        var fd = FD.matcher(text);
        if (fd.matches()) {
            return new Bind("", 0, text.startsWith("https"), OptionalInt.of(descriptor(text, fd.group(2))));
        }
        if (text.startsWith(HTTPS)) {
            var address = parse(text, text.substring(HTTPS.length()));
            return new Bind(address.host(), address.port(), true);
        }
        return parse(text, text.startsWith(HTTP) ? text.substring(HTTP.length()) : text);
    }

    private static Bind parse(String whole, String text) {
        if (text.matches("[0-9]+")) {
            return new Bind("127.0.0.1", port(text, text));
        }
        if (text.contains("/")) {
            throw new BadValueException(
                    "'" + whole + "' is not an address. Give HOST:PORT or https://HOST:PORT, without a path.");
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.endsWith("]")) {
            throw new BadValueException("'" + text + "' has no port. Give " + text + ":8000.");
        }
        var host = text.substring(0, colon);
        int port = port(text.substring(colon + 1), text);
        if (host.isEmpty() || host.equals("*")) {
            return new Bind("0.0.0.0", port);
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            var address = host.substring(1, host.length() - 1);
            if (address.contains(":") && IPV6.matcher(address).matches()) {
                return new Bind(address, port);
            }
            throw new BadValueException(
                    "'" + text + "' has no IPv6 address between the brackets. Give [::1]:" + port + ".");
        }
        if (host.contains(":")) {
            throw new BadValueException("'" + text + "' is an IPv6 address without brackets. Give [" + host + "]:"
                    + port + ", or [" + text + "]:8000 if it is the whole address.");
        }
        if (!NAME_OR_IPV4.matcher(host).matches()) {
            throw new BadValueException("'" + text + "' does not start with a host name or address. Give HOST:PORT.");
        }
        return new Bind(host, port);
    }

    private static int descriptor(String whole, String number) {
        if (number.matches("[0-9]{1,6}") && Integer.parseInt(number) >= FIRST_FD) {
            return Integer.parseInt(number);
        }
        throw new BadValueException("'" + whole
                + "' has no number of a file descriptor from 3 on at its end. Give fd://3, or https+fd://3 for TLS.");
    }

    private static int port(String text, String whole) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65535) {
            return Integer.parseInt(text);
        }
        throw new BadValueException("'" + whole + "' has no port from 0 to 65535 at its end. Give HOST:PORT.");
    }

    /** The same address with the port that the system chose. */
    public Bind withPort(int actual) {
        return new Bind(host, actual, tls, descriptor);
    }

    /** Whether both stand for the same socket. */
    public boolean isSameSocket(Bind other) {
        return host.equals(other.host) && port == other.port && descriptor.equals(other.descriptor);
    }

    /** What is logged: {@code 127.0.0.1:8000}, {@code [::1]:8000}, {@code https://127.0.0.1:8443}. */
    @Override
    public String toString() {
        if (descriptor.isPresent()) {
            return (tls ? "https+" : "") + "fd://" + descriptor.getAsInt();
        }
        return (tls ? HTTPS : "") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
