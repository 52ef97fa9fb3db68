package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Http;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NarwhalExtension.class)
final class BindTest {

    @Test
    void every_address_is_served_by_the_same_workers(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=1", "--bind=127.0.0.1:0", "--bind=127.0.0.2:0", Wars.sample("hello"));

        var listening = narwhal.log().all(LogLines.LISTENING);
        assertThat(listening).extracting(line -> line.group(1)).containsExactly("127.0.0.1", "127.0.0.2");
        for (var address : listening) {
            assertThat(get(address).worker()).contains(narwhal.workers().getFirst());
        }
    }

    @Test
    void ipv6_works_and_is_logged_with_brackets(Narwhals narwhals) throws IOException {
        Assumptions.assumeTrue(hasIpv6(), "this machine has no ::1");
        var narwhal = narwhals.start("--bind=[::1]:0", Wars.sample("hello"));

        var listening = narwhal.awaitLog(LogLines.LISTENING);
        assertThat(listening.group(1)).isEqualTo("[::1]");
        assertThat(get(listening).status()).isEqualTo(200);
    }

    @Test
    void a_port_that_was_just_used_can_be_bound_again(Narwhals narwhals) throws IOException {
        var first = narwhals.start("--workers=1", Wars.sample("hello"));
        int port = first.port();
        // The server closes first, so that its side of the connection goes on existing for a while (TIME_WAIT).
        assertThat(Http.get(port, "/").status()).isEqualTo(200);
        first.stop();

        var second = narwhals.start("--workers=1", "--bind=127.0.0.1:" + port, Wars.sample("hello"));

        assertThat(second.port()).isEqualTo(port);
        assertThat(Http.get(port, "/").status()).isEqualTo(200);
    }

    private static Response get(MatchResult listening) throws IOException {
        var address = InetAddress.ofLiteral(listening.group(1).replaceAll("[\\[\\]]", ""));
        try (var http = Http.connect(new InetSocketAddress(address, Integer.parseInt(listening.group(2))), 0)) {
            return http.get("/hello");
        }
    }

    private static boolean hasIpv6() throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null;
    }
}
