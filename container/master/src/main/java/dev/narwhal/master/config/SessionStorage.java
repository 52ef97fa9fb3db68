package dev.narwhal.master.config;

import dev.narwhal.contract.RedisUrl;
import java.util.LinkedHashMap;
import java.util.Locale;

/** Where HTTP sessions are. */
public sealed interface SessionStorage {

    /** On this machine. */
    enum Local implements SessionStorage {
        /** In files that all workers share. */
        LMDB,
        /** In the memory of the only worker. */
        MEMORY;

        @Override
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** In Redis or Valkey, for servers on several machines. */
    record Redis(RedisUrl url) implements SessionStorage {

        @Override
        public String label() {
            return "redis";
        }
    }

    /** As the worker's store is named. */
    String label();

    static Syntax<SessionStorage> syntax() {
        var words = new LinkedHashMap<String, SessionStorage>();
        for (var local : Local.values()) {
            words.put(local.label(), local);
        }
        var word = Syntax.oneOf(words);
        return new Syntax<>(
                word.expected() + ", or " + RedisUrl.FORMS,
                // Whatever has a colon may have a password behind it and must not get into a message.
                text -> text.contains(":") ? redis(text) : word.parse(text),
                storage -> switch (storage) {
                    case Local local -> local.label();
                    case Redis(var url) -> url.toString();
                });
    }

    private static Redis redis(String text) {
        try {
            return new Redis(RedisUrl.parse(text));
        } catch (IllegalArgumentException e) {
            throw new BadValueException(String.valueOf(e.getMessage()));
        }
    }
}
