package dev.narwhal.worker.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes what several requests have changed at once. To write it alone would cost each of them a transaction and, where workers share a store, the wait for it;
 * what they change themselves is the least of it.
 *
 * <p>Whoever adds something waits for {@link #commit()}, which {@code soon} is asked for, before it tells anybody. Any thread may call it, so nothing depends
 * on the one that was asked.
 */
public final class GroupCommit {

    /** What one request changes in one session. */
    interface Member {

        SessionStore.Write write();

        /** The session's part; takes no lock for long. */
        void committed(Optional<SessionStore.Committed> committed);

        /** It is as if it had never been. */
        void failed();

        /** The request's part. Takes no lock for long. */
        void over(Optional<StoreException> failure);
    }

    private final SessionStore store;
    private final Consumer<Runnable> soon;
    private final Queue<Member> members = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ReentrantLock committing = new ReentrantLock();

    /** @param soon runs a task before long, when there is nothing better to do */
    public GroupCommit(SessionStore store, Consumer<Runnable> soon) {
        this.store = store;
        this.soon = soon;
    }

    void add(Member member) {
        members.add(member);
        if (asked.compareAndSet(false, true)) {
            soon.accept(this::commit);
        }
    }

    /** Whatever was added before is written, or has failed, when this returns. */
    public void commit() {
        committing.lock();
        try {
            asked.set(false);
            var group = new ArrayList<Member>();
            for (var member = members.poll(); member != null; member = members.poll()) {
                group.add(member);
            }
            if (!group.isEmpty()) {
                write(group);
            }
        } finally {
            committing.unlock();
        }
    }

    private void write(List<Member> group) {
        List<Optional<SessionStore.Committed>> committed;
        try {
            committed = store.commit(group.stream().map(Member::write).toList());
        } catch (StoreException e) {
            if (group.size() > 1) {
                group.forEach(member -> write(List.of(member))); // one of them may be what is too much
            } else {
                fail(group.getFirst(), e);
            }
            return;
        } catch (RuntimeException | Error e) {
            // Nobody may be left waiting.
            group.forEach(member -> fail(member, new StoreException("writing sessions: " + e, e)));
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            var member = group.get(i);
            member.committed(committed.get(i));
            member.over(Optional.empty());
        }
    }

    private static void fail(Member member, StoreException failure) {
        member.failed();
        member.over(Optional.of(failure));
    }
}
