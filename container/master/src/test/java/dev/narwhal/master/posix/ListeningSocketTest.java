package dev.narwhal.master.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListeningSocketTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "0.0.0.0", "::"})
    void the_kernel_chooses_a_port_and_connections_are_queued_without_anybody_accepting(String host)
            throws IOException {
        try (var listening = ListeningSocket.open(address(host), Set.of(), 16)) {
            assertThat(listening.address().getPort()).isPositive();
            assertThat(listening.address().getAddress()).isEqualTo(address(host).getAddress());

            try (var socket = new Socket()) {
                socket.connect(listening.address(), 2_000);

                assertThat(socket.isConnected()).isTrue();
                assertThat(ListeningSocket.queued(listening.fd())).isEqualTo(1);
            }
        }
    }

    @Test
    void every_option_is_one_that_the_kernel_takes() throws IOException {
        var options = EnumSet.allOf(ListeningSocket.Option.class);
        try (var first = ListeningSocket.open(address("::1"), options, 16);
                var second = ListeningSocket.open(first.address(), options, 16)) {
            assertThat(second.address()).isEqualTo(first.address());
        }
    }

    @Test
    void a_port_in_use_is_refused() throws IOException {
        var options = Set.of(ListeningSocket.Option.REUSE_ADDRESS);
        try (var first = ListeningSocket.open(address("127.0.0.1"), options, 16)) {
            assertThatThrownBy(() -> ListeningSocket.open(first.address(), options, 16))
                    .isInstanceOfSatisfying(
                            PosixException.class, e -> assertThat(e.errno()).isEqualTo("EADDRINUSE"));
        }
    }

    private static InetSocketAddress address(String literal) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), 0);
    }
}
