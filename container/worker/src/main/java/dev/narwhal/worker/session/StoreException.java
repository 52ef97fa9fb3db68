package dev.narwhal.worker.session;

import org.jspecify.annotations.Nullable;

/** The session store cannot be read or written. The message is for the operator. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private enum Kind {
        PASSING,
        TOLD,
        LASTING
    }

    private final Kind kind;

    public StoreException(String message) {
        this(message, null, Kind.PASSING);
    }

    public StoreException(String message, Throwable cause) {
        this(message, cause, Kind.PASSING);
    }

    private StoreException(String message, @Nullable Throwable cause, Kind kind) {
        super(message, cause);
        this.kind = kind;
    }

    /** Something that will not be stored later either. */
    static StoreException lasting(String message) {
        return new StoreException(message, null, Kind.LASTING);
    }

    /** What many requests meet at once, and the store itself has told the operator. */
    public static StoreException told(String message) {
        return new StoreException(message, null, Kind.TOLD);
    }

    /** As {@link #told(String)}. */
    public static StoreException told(String message, Throwable cause) {
        return new StoreException(message, cause, Kind.TOLD);
    }

    /** Whether the same would fail again, however long one waits. */
    public boolean isLasting() {
        return kind == Kind.LASTING;
    }

    /** Whether the log has it already. */
    public boolean isTold() {
        return kind == Kind.TOLD;
    }
}
