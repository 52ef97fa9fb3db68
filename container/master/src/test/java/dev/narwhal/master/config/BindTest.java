package dev.narwhal.master.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8000, 127.0.0.1, 8000, 127.0.0.1:8000",
        "localhost:0, localhost, 0, localhost:0",
        "[::1]:8000, ::1, 8000, [::1]:8000",
        "[fe80::1%eth0]:80, fe80::1%eth0, 80, [fe80::1%eth0]:80",
        "[::]:65535, ::, 65535, [::]:65535",
        ":8000, 0.0.0.0, 8000, 0.0.0.0:8000",
        "*:8000, 0.0.0.0, 8000, 0.0.0.0:8000",
        "8000, 127.0.0.1, 8000, 127.0.0.1:8000",
    })
    void an_address_is_read_and_written(String text, String host, int port, String written) {
        assertThat(Bind.parse(text)).isEqualTo(new Bind(host, port)).hasToString(written);
    }

    @ParameterizedTest
    @CsvSource({
        "http://:80, 0.0.0.0, 80, false, 0.0.0.0:80",
        "https://localhost:443, localhost, 443, true, https://localhost:443",
        "https://[::1]:443, ::1, 443, true, https://[::1]:443",
        "https://8443, 127.0.0.1, 8443, true, https://127.0.0.1:8443"
    })
    void a_scheme_says_whether_it_has_tls(String text, String host, int port, boolean tls, String written) {
        assertThat(Bind.parse(text)).isEqualTo(new Bind(host, port, tls)).hasToString(written);
    }

    @ParameterizedTest
    @CsvSource({"fd://3, 3, false, fd://3", "http+fd://4, 4, false, fd://4", "https+fd://17, 17, true, https+fd://17"})
    void an_open_socket_is_named_by_its_descriptor(String text, int number, boolean tls, String written) {
        assertThat(Bind.parse(text))
                .isEqualTo(new Bind("", 0, tls, OptionalInt.of(number)))
                .hasToString(written);
        assertThat(Bind.parse(text).isSameSocket(Bind.parse("https+fd://" + number)))
                .isTrue();
        assertThat(Bind.parse(text).isSameSocket(Bind.parse("fd://5"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "fd://2, has no number of a file descriptor from 3 on",
        "fd://web, has no number of a file descriptor from 3 on",
        "https+fd://, has no number of a file descriptor from 3 on",
        "localhost, 'has no port. Give localhost:8000.'",
        "[::1], 'has no port. Give [::1]:8000.'",
        "localhost:, has no port from 0 to 65535",
        "localhost:65536, has no port from 0 to 65535",
        "70000, has no port from 0 to 65535",
        "https://localhost:80/shop, 'is not an address. Give HOST:PORT or https://HOST:PORT, without a path.'",
        "ftp://localhost:80, is not an address",
        "::1:80, is an IPv6 address without brackets",
        "[localhost]:80, has no IPv6 address between the brackets",
        "a b:80, does not start with a host name or address",
    })
    void anything_else_is_refused_with_what_to_write_instead(String text, String reason) {
        assertThatThrownBy(() -> Bind.parse(text))
                .isInstanceOf(BadValueException.class)
                .hasMessageStartingWith("'" + text + "' ")
                .hasMessageContaining(reason);
    }
}
