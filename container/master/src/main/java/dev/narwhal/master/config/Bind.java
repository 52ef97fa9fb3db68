package dev.narwhal.master.config;

/**
 * An address to listen on.
 *
 * @param host a name or a literal address; empty for every IPv4 address of the machine
 * @param port 0 for any free port
 */
public record Bind(String host, int port) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
