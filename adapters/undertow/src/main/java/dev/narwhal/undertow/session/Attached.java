package dev.narwhal.undertow.session;

import dev.narwhal.worker.session.GroupCommit;
import dev.narwhal.worker.session.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request has to do with the sessions of one application. */
final class Attached {

    private @Nullable StoreSession session;
    private boolean applicationIsDone;
    private volatile @Nullable StoreException failure;
    /** Where the session is to be written together with others, before the response may leave. */
    private volatile @Nullable GroupCommit waiting;

    @Nullable
    StoreSession session() {
        return session;
    }

    void session(@Nullable StoreSession session) {
        this.session = session;
        applicationIsDone = false;
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** The request needed the store and could not have it. */
    void failed(StoreException failure) {
        this.failure = failure;
    }

    /**
     * For the moment before the response leaves.
     *
     * @throws StoreException if the response must not leave, since it may tell of what is not in the store
     */
    void beforeResponse() {
        try {
            var group = waiting;
            if (group != null) {
                group.commit(); // something had to be said at once
            }
            var failed = failure;
            if (failed != null) {
                throw failed;
            }
            if (session != null && !applicationIsDone) {
                session.view().save(System.currentTimeMillis());
            }
        } catch (StoreException e) {
            failed(e);
            if (session != null) {
                session.view().discard();
            }
            throw e;
        }
    }

    /**
     * When the application may still do something with the request, or when it will not.
     *
     * @param last whether it will not
     * @return why that was impossible now, if it was
     */
    Optional<StoreException> save(boolean last) {
        // What the client was told has failed must not succeed afterwards.
        if (session == null || applicationIsDone || failure != null) {
            return Optional.empty();
        }
        try {
            if (last) {
                session.view().done(System.currentTimeMillis());
                applicationIsDone = true;
            } else {
                session.view().save(System.currentTimeMillis());
            }
            return Optional.empty();
        } catch (StoreException e) {
            failed(e);
            return Optional.of(e);
        }
    }

    /**
     * The last save, together with those of other requests.
     *
     * @param written runs when that is done or has failed, maybe at once
     * @return false if there was nothing to write, or nobody is there any more to tell; then {@code written} is not run
     */
    boolean saveTogether(GroupCommit group, Runnable written) {
        if (session == null || applicationIsDone || failure != null) {
            return false;
        }
        applicationIsDone = true;
        waiting = group;
        boolean begun = false;
        try {
            begun = session.view().done(System.currentTimeMillis(), group, failed -> {
                failed.ifPresent(this::failed);
                waiting = null;
                written.run();
            });
        } catch (StoreException e) {
            failed(e);
        } finally {
            if (!begun) {
                waiting = null;
            }
        }
        return begun;
    }
}
