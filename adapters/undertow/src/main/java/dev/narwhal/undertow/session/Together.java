package dev.narwhal.undertow.session;

import dev.narwhal.undertow.dispatch.Gathering;
import dev.narwhal.worker.session.GroupCommit;
import dev.narwhal.worker.session.SessionStore;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
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

        private static final Runnable WRITTEN = () -> {};

        private final AtomicReference<@Nullable Runnable> first = new AtomicReference<>();

        @Override
        public void execute(Runnable rest) {
            if (!first.compareAndSet(null, rest)) {
                gathering.goOn(rest);
            }
        }

        void written() {
            var rest = first.getAndSet(WRITTEN);
            if (rest != null) {
                gathering.goOn(rest);
            }
        }
    }
}
