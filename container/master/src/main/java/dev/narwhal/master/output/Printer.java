package dev.narwhal.master.output;

import java.util.OptionalInt;

/**
 * Whose output it is.
 *
 * @param name {@code worker 3}, as it begins the lines that it logs, or {@code prepare}
 * @param slot of a worker
 */
public record Printer(String name, OptionalInt slot, int pid) {

    public static Printer worker(int slot, int pid) {
        return new Printer("worker " + slot, OptionalInt.of(slot), pid);
    }

    /** A child that prepares applications. */
    public static Printer preparation(int pid) {
        return new Printer("prepare", OptionalInt.empty(), pid);
    }
}
