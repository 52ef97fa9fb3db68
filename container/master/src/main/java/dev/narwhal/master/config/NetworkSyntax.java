package dev.narwhal.master.config;

import dev.narwhal.contract.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Addresses and networks in one text, separated by commas; {@code *} is every address. */
final class NetworkSyntax {

    private static final List<Network> ALL = List.of(Network.parse("0.0.0.0/0"), Network.parse("::/0"));

    private NetworkSyntax() {}

    static Syntax<List<Network>> of() {
        return new Syntax<>(
                "addresses or networks separated by commas, such as 10.0.0.7,192.168.0.0/16, or *",
                NetworkSyntax::parse,
                NetworkSyntax::write);
    }

    private static List<Network> parse(String text) {
        var networks = new ArrayList<Network>();
        for (var part : text.split(",", -1)) {
            try {
                networks.addAll(part.strip().equals("*") ? ALL : List.of(Network.parse(part.strip())));
            } catch (IllegalArgumentException _) {
                throw new BadValueException("'" + part.strip()
                        + "' is no IP address and no network. Give such as 10.0.0.7 or 192.168.0.0/16, or * for all.");
            }
        }
        return networks;
    }

    private static String write(List<Network> networks) {
        return networks.equals(ALL)
                ? "*"
                : networks.stream().map(Network::toString).collect(Collectors.joining(","));
    }
}
