package dev.narwhal.worker.session;

/** The session store cannot be read or written. The message is for the operator. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    public StoreException(String message) {
        super(message);
        lasting = false;
    }

    private StoreException(String message, boolean lasting) {
        super(message);
        this.lasting = lasting;
    }

    /** Something that will not be stored later either. */
    static StoreException lasting(String message) {
        return new StoreException(message, true);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
        lasting = false;
    }

    /** Whether the same would fail again, however long one waits. */
    public boolean isLasting() {
        return lasting;
    }
}
