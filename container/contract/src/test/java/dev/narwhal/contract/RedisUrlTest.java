package dev.narwhal.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.contract.RedisUrl.Host;
import dev.narwhal.contract.RedisUrl.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisUrlTest {

    @Test
    void a_host_is_enough() {
        assertThat(RedisUrl.parse("redis://cache.example"))
                .isEqualTo(new RedisUrl(
                        Kind.SINGLE,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new Host("cache.example", 6379)),
                        Optional.empty(),
                        0,
                        Duration.ofSeconds(2),
                        "narwhal",
                        Optional.empty()));
    }

    @Test
    void everything_can_be_said() {
        assertThat(RedisUrl.parse(
                        "rediss://the%20shop:p%40ss:w+rd@[::1]:7000/3?timeout=500ms&prefix=shop&ca=/etc/ca.pem"))
                .isEqualTo(new RedisUrl(
                        Kind.SINGLE,
                        true,
                        Optional.of("the shop"),
                        Optional.of("p@ss:w+rd"),
                        List.of(new Host("::1", 7000)),
                        Optional.empty(),
                        3,
                        Duration.ofMillis(500),
                        "shop",
                        Optional.of(Path.of("/etc/ca.pem"))));
        assertThat(RedisUrl.parse("redis://:secret@h"))
                .returns(Optional.empty(), RedisUrl::user)
                .returns(Optional.of("secret"), RedisUrl::password);
        assertThat(RedisUrl.parse("redis://:p@ss/w@h").password()).contains("p@ss/w");
    }

    @Test
    void sentinels_and_clusters_have_several_hosts() {
        assertThat(RedisUrl.parse("redis-sentinel://a,b:1/main/2"))
                .returns(Kind.SENTINEL, RedisUrl::kind)
                .returns(List.of(new Host("a", 26379), new Host("b", 1)), RedisUrl::hosts)
                .returns(Optional.of("main"), RedisUrl::master)
                .returns(2, RedisUrl::database);
        assertThat(RedisUrl.parse("rediss-cluster://a,b:1"))
                .returns(Kind.CLUSTER, RedisUrl::kind)
                .returns(true, RedisUrl::tls)
                .returns(List.of(new Host("a", 6379), new Host("b", 1)), RedisUrl::hosts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://h:6379",
                "rediss://u%20v@h:1/2?timeout=500ms&prefix=shop&ca=/c.pem",
                "redis-sentinel://a:1,b:2/main/2",
                "redis-cluster://a:1,[::1]:2"
            })
    void what_is_written_can_be_read(String text) {
        assertThat(RedisUrl.parse(text)).hasToString(text);
    }

    @Test
    void a_password_is_never_written() {
        var url = RedisUrl.parse("redis://u:secret@h");

        assertThat(url).hasToString("redis://u:********@h:6379");
        assertThat(url.withPassword(Optional.empty())).hasToString("redis://u@h:6379");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            redi://u:secret@h                | the URL begins with 'redi://'. Write redis://
            redis:h                          | the URL begins with 'redis:'. Write redis://
            redis://                         | the URL names no host. Write HOST or HOST:PORT.
            redis://u:secret@h:port          | 'h:port' is no host. Write HOST or HOST:PORT.
            redis://h:70000                  | the port is 70000. Write one from 1 to 65535.
            redis://a,b                      | the URL names 2 hosts. Write redis-cluster:// or redis-sentinel://
            redis://h/sessions               | 'sessions' is no database. Write a number, such as /0.
            redis://u:secret%@h              | what is before the @ has a % that does not begin a code. Write %25 for %
            redis://h?timeout=2              | timeout=2 is no duration. Write timeout=500ms or timeout=2s.
            redis://h?prefix={               | prefix={ is no word. Write up to 100
            redis://h?ssl=true               | it has no option 'ssl'. Write timeout=, prefix= or ca=
            rediss://h?ca=ca.pem             | ca=ca.pem is not absolute. Write ca=/DIRECTORY/FILE.pem.
            redis://h?ca=/ca.pem             | the URL has ca= and no TLS. Begin it with rediss
            redis-sentinel://h               | the URL does not name the master. Write redis-sentinel://
            redis-cluster://h/1              | a cluster has no database 1. Leave /1 out.
            """)
    void what_is_wrong_is_said_together_with_what_to_write(String text, String message) {
        assertThatThrownBy(() -> RedisUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .message()
                .doesNotContain("secret");
    }
}
