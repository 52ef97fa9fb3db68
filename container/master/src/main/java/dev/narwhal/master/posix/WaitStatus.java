package dev.narwhal.master.posix;

/**
 * What {@code waitpid} says about a dead child.
 *
 * @param raw the status word: the low 7 bits are the signal, 0 for none; the next byte but one is the exit code
 */
public record WaitStatus(int raw) {

    public boolean signalled() {
        return signal() != 0;
    }

    /** The signal that ended it; 0 when it exited by itself. */
    public int signal() {
        return raw & 0x7f;
    }

    /** What it passed to {@code exit}, 0 to 255; of no meaning when {@link #signalled()}. */
    public int code() {
        return (raw >> 8) & 0xff;
    }
}
