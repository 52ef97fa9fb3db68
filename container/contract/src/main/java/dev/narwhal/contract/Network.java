package dev.narwhal.contract;

import java.net.InetAddress;

/**
 * Addresses with a common beginning: {@code 10.0.0.0/8}, {@code ::1/128}.
 *
 * @param address the bits that count, and zeros or anything behind them
 * @param prefix how many bits count
 */
public record Network(InetAddress address, int prefix) {

    public Network {
        if (prefix < 0 || prefix > address.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException(
                    "a prefix of " + prefix + " bits does not fit " + address.getHostAddress());
        }
    }

    /**
     * Reads an address or a network. Asks no name server.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        return new Network(
                address,
                slash < 0 ? address.getAddress().length * Byte.SIZE : Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean contains(InetAddress other) {
        var mine = address.getAddress();
        var its = other.getAddress();
        if (mine.length != its.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ its[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** What {@link #parse} reads. */
    @Override
    public String toString() {
        var text = address.getHostAddress();
        return prefix == address.getAddress().length * Byte.SIZE ? text : text + "/" + prefix;
    }
}
