package dev.narwhal.master.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.master.config.Bind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerSetTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:, http://127.0.0.1:",
        "localhost, localhost:, http://localhost:",
        "::1,       [::1]:,     http://[::1]:",
        "[::1],     [::1]:,     http://[::1]:",
        "0.0.0.0,   0.0.0.0:,   http://127.0.0.1:",
        "'',        :,          http://127.0.0.1:",
        "::,        [::]:,      http://[::1]:",
    })
    void a_listener_shows_the_real_port_and_a_url_that_can_be_opened(String host, String bind, String url)
            throws IOException {
        try (var set = ListenerSet.bind(List.of(new Bind(host, 0)), 16, false)) {
            var listener = set.listeners().getFirst();

            try (var socket =
                    new Socket(listener.url().getHost(), listener.url().getPort())) {
                assertThat(listener.bind()).isEqualTo(bind + socket.getPort());
                assertThat(listener.url()).hasToString(url + socket.getPort() + "/");
            }
        }
    }

    @Test
    void all_ipv4_and_all_ipv6_addresses_can_be_bound_with_one_port() throws IOException {
        try (var inet6 = ListenerSet.bind(List.of(new Bind("::", 0)), 16, false)) {
            int port = inet6.listeners().getFirst().url().getPort();

            try (var inet4 = ListenerSet.bind(List.of(new Bind("0.0.0.0", port)), 16, false)) {
                assertThat(inet4.fds()).hasSize(1);
            }
        }
    }

    @Test
    void when_one_cannot_be_bound_those_before_it_are_closed_again() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int free = freePort();

            assertThatThrownBy(() -> ListenerSet.bind(
                            List.of(new Bind("127.0.0.1", free), new Bind("127.0.0.1", taken.getLocalPort())),
                            16,
                            false))
                    .isInstanceOf(ListenException.class)
                    .hasMessage(
                            "binding 127.0.0.1:%1$d: address already in use (EADDRINUSE). See who listens there with: "
                                            .formatted(taken.getLocalPort())
                                    + "ss -ltnp 'sport = :%d'; stop that, or choose another --bind."
                                            .formatted(taken.getLocalPort()));

            ListenerSet.bind(List.of(new Bind("127.0.0.1", free)), 16, false).close();
        }
    }

    @Test
    void an_address_of_another_machine_is_refused_with_what_to_use_instead() {
        assertThatThrownBy(() -> ListenerSet.bind(List.of(new Bind("192.0.2.1", 0)), 16, false))
                .hasMessage(
                        "binding 192.0.2.1:0: cannot assign requested address (EADDRNOTAVAIL). It is not an address of"
                                + " this machine, see: ip address; use one that is, or 0.0.0.0 for all.");
    }

    @Test
    void a_name_that_has_no_address_is_refused() {
        assertThatThrownBy(() -> ListenerSet.bind(List.of(new Bind("narwhal.invalid", 80)), 16, false))
                .hasMessage("binding narwhal.invalid:80: the host name 'narwhal.invalid' has no address. Use a literal"
                        + " address such as 127.0.0.1 or 0.0.0.0.");
    }

    @ParameterizedTest
    @CsvSource({
        "80,   EACCES,       CAP_NET_BIND_SERVICE",
        "8000, EACCES,       security policy",
        "8000, EAFNOSUPPORT, IPv6 switched off",
        "8000, EMFILE,       ulimit -n",
        "8000, EWHATEVER,    another --bind",
    })
    void every_refusal_comes_with_a_remedy(int port, String errno, String remedy) {
        assertThat(ListenException.remedy(port, errno)).contains(remedy);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
