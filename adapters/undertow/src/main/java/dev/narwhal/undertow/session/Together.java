package dev.narwhal.undertow.session;

import dev.narwhal.undertow.dispatch.Gathering;
import dev.narwhal.worker.session.GroupCommit;
import dev.narwhal.worker.session.SessionStore;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Requests that end at about the same time: what they have changed is written in one go, and then each of them is answered. */
public final class Together {

    private final Gathering gathering;
    private final GroupCommit group;

    public Together(Gathering gathering, SessionStore store) {
        this.gathering = gathering;
        this.group = new GroupCommit(store, gathering::soon);
    }

    GroupCommit group() {
        return group;
    }

    Held hold() {
        return new Held();
    }

    /** What is left of a request until two things have happened, in whatever order: its thread has left it, and its session is written. */
    final class Held implements Executor {

        private final AtomicBoolean first = new AtomicBoolean(true);
        private volatile @Nullable Runnable rest;

        @Override
        public void execute(Runnable task) {
            rest = task;
            happened();
        }

        void written() {
            happened();
        }

        private void happened() {
            if (!first.compareAndSet(true, false)) {
                gathering.goOn(Objects.requireNonNull(rest, "a request that went on before it had left its thread"));
            }
        }
    }
}
