package dev.narwhal.master.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
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

        @Override
        public String toString() {
            return label();
        }
    }

    /** In Redis or Valkey; the URL has no password. */
    record Redis(URI url) implements SessionStorage {

        private static final List<String> SCHEMES =
                List.of("redis", "rediss", "redis-sentinel", "rediss-sentinel", "redis-cluster", "rediss-cluster");

        @Override
        public String label() {
            return "redis";
        }

        @Override
        public String toString() {
            return url.toString();
        }

        /** What is wrong is said without the text: it may have a password. */
        private static Redis parse(String text) {
            try {
                var url = new URI(text);
                if (url.getRawAuthority() != null && url.getRawAuthority().matches(".*:.*@.*")) {
                    throw new BadValueException(
                            "the URL has a password, which command lines and logs would show. Put it into a file of the"
                                    + " owner's and give --session-password-file.");
                }
                if (!SCHEMES.contains(url.getScheme())) {
                    throw new BadValueException(
                            "a store's URL begins with one of " + String.join("://, ", SCHEMES) + "://.");
                }
                if (url.getRawAuthority() == null) {
                    throw new BadValueException("the URL names no host. Give redis://HOST:PORT.");
                }
                return new Redis(url);
            } catch (URISyntaxException e) {
                throw new BadValueException("the URL cannot be read: " + e.getReason() + ". Give redis://HOST:PORT.");
            }
        }
    }

    /** As the worker's store is named. */
    String label();

    static Syntax<SessionStorage> syntax() {
        var words = new LinkedHashMap<String, SessionStorage>();
        for (var local : Local.values()) {
            words.put(local.label(), local);
        }
        var local = Syntax.oneOf(words);
        return new Syntax<>(
                local.expected() + ", or redis://HOST:PORT",
                text -> text.contains("://") ? Redis.parse(text) : local.parse(text),
                SessionStorage::toString);
    }
}
