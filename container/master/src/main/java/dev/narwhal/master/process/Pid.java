package dev.narwhal.master.process;

/** The number of a process. */
public record Pid(int value) {

    public Pid {
        if (value <= 0) {
            throw new IllegalArgumentException("a pid is positive, found " + value);
        }
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
