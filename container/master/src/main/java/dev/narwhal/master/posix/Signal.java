package dev.narwhal.master.posix;

/** The signals that the master sends. */
public enum Signal {
    HUP(1),
    INT(2),
    QUIT(3),
    KILL(9),
    USR1(10),
    USR2(12),
    TERM(15),
    CONT(18),
    STOP(19),
    TTIN(21),
    WINCH(28);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The name of any signal, without {@code SIG}: {@code KILL}; the number when it has none. */
    public static String name(int number) {
        return ErrnoText.signal(number);
    }
}
