package dev.narwhal.session.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A script of this package, which Redis knows by its hash once it has run. */
enum Script {
    LOAD,
    CREATE,
    COMMIT,
    RENAME,
    TAKE,
    IDS,
    LEAD;

    private final byte[] text;
    private final byte[] hash;

    Script() {
        var file = name().toLowerCase(java.util.Locale.ROOT) + ".lua";
        try (var in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            text = in.readAllBytes();
            hash = java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-1").digest(text))
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Nullable
    Object run(UnifiedJedis redis, byte[] key, List<byte[]> arguments) {
        try {
            return redis.evalsha(hash, List.of(key), arguments);
        } catch (JedisNoScriptException e) {
            return redis.eval(text, List.of(key), arguments);
        }
    }
}
