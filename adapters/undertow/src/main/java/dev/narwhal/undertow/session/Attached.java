package dev.narwhal.undertow.session;

import dev.narwhal.worker.session.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request has to do with the sessions of one application. */
final class Attached {

    private @Nullable StoreSession session;
    private boolean applicationIsDone;
    private @Nullable StoreException failure;

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
            if (failure != null) {
                throw failure;
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
}
