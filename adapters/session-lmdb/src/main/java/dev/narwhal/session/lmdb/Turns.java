package dev.narwhal.session.lmdb;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Whose turn it is to write, among the threads of this process. LMDB's own lock, which all processes share, puts a thread to sleep at once; a write takes so little
 * time that it is better to look a few times more, and a virtual thread that has to wait after all leaves its carrier to others.
 */
final class Turns {

    private static final int LOOKS = 100;

    private final ReentrantLock lock = new ReentrantLock();

    void take() {
        for (int i = 0; i < LOOKS; i++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    void end() {
        lock.unlock();
    }
}
