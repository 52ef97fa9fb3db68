package dev.narwhal.session.lmdb;

import dev.narwhal.worker.session.Change;
import dev.narwhal.worker.session.Serialized;
import dev.narwhal.worker.session.StoreException;
import dev.narwhal.worker.session.Times;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/** A worker that writes until it is killed ({@code count}), or until the store is full ({@code fill}). */
final class WritingMain {

    static final int SESSIONS = 4;

    private static final Times TIMES = new Times(1, 1, 1, 60);
    private static final int MOST_BYTES = 9000;
    private static final int ROUND = 100;

    private WritingMain() {}

    static void main(String[] args) {
        var store = LmdbStore.open(Path.of(args[1]), 64 << 20);
        switch (args[0]) {
            case "count" -> {
                var numbers = LongStream.range(0, SESSIONS)
                        .map(i ->
                                store.create("", "session" + i, TIMES, Map.of()).number())
                        .toArray();
                for (int i = 0; i < SESSIONS; i++) {
                    int session = i;
                    Thread.ofPlatform().start(() -> count(store, session, numbers[session]));
                }
            }
            case "fill" -> {
                fill(store);
                store.close();
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Says which session has got which number, after it was stored: both in one line. */
    private static void count(LmdbStore store, int session, long number) {
        for (int count = 1; ; count++) {
            var first = Serialized.of(ByteBuffer.allocate(Integer.BYTES + count % MOST_BYTES)
                    .putInt(count)
                    .array());
            var second = Serialized.of(
                    ByteBuffer.allocate(Integer.BYTES).putInt(count).array());
            store.commit(
                    number,
                    new Change(
                            Map.of("first", Optional.of(first), "second", Optional.of(second)),
                            count,
                            count,
                            OptionalInt.empty()));
            say(session + " " + count);
        }
    }

    /** One write to standard output, so that a line is there or not. */
    private static void say(String line) {
        try {
            new FileOutputStream(FileDescriptor.out).write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(LmdbStore store) {
        int stored = 0;
        try {
            while (true) {
                store.create("", "session" + stored, TIMES, Map.of("x", Serialized.of(new byte[3000])));
                stored++;
            }
        } catch (StoreException e) {
            System.out.println(e.getMessage());
        }
        if (store.ids("").size() != stored) {
            throw new IllegalStateException(
                    stored + " were stored, and there are " + store.ids("").size());
        }
        for (int i = 0; i < ROUND; i++) {
            store.takeExpired("", Long.MAX_VALUE - 1);
        }
        store.create("", "another", TIMES, Map.of("x", Serialized.of(new byte[3000])));
        System.out.println("room again");
    }
}
