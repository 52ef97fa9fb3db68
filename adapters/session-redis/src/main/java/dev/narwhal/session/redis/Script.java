package dev.narwhal.session.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A script of this package, which Redis knows by its hash once it has run. Each may be run twice with the same arguments. */
enum Script {
    LOAD,
    CREATE,
    COMMIT,
    RENAME,
    TAKE,
    IDS,
    COUNT,
    BYTES,
    SWEEP,
    LEAD;

    private final String text;
    private final String hash;

    Script() {
        text = read("common.lua") + read(name().toLowerCase(Locale.ROOT) + ".lua");
        try {
            hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static String read(String file) {
        try (var in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it needs memory of Redis's, which may have none. */
    boolean stores() {
        return this == CREATE || this == COMMIT;
    }

    @Nullable
    Object run(UnifiedJedis redis, byte[] prefix, List<byte[]> arguments) {
        try {
            return redis.evalsha(hash.getBytes(StandardCharsets.US_ASCII), List.of(prefix), arguments);
        } catch (JedisNoScriptException e) {
            return redis.eval(text.getBytes(StandardCharsets.UTF_8), List.of(prefix), arguments);
        }
    }
}
