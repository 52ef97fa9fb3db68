package dev.narwhal.session.lmdb;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** A worker with many threads that all read the store in the directory given, and never finish. */
final class ReadingMain {

    static final int READERS = 50;

    private ReadingMain() {}

    static void main(String[] args) throws InterruptedException {
        var store = LmdbStore.open(Path.of(args[0]), 16 << 20);
        var reading = new CountDownLatch(READERS);
        for (int i = 0; i < READERS; i++) {
            Thread.ofPlatform()
                    .start(() -> store.load("", "a", _ -> {
                        reading.countDown();
                        while (true) {
                            LockSupport.park();
                        }
                    }));
        }
        reading.await();
        System.out.println("reading");
    }
}
