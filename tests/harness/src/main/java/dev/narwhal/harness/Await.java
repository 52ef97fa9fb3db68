package dev.narwhal.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a fact that nobody can notify us of, until a deadline. */
public final class Await {

    private static final Duration STEP = Duration.ofMillis(20);

    private Await() {}

    /** Returns as soon as {@code fact} holds; fails when it does not within {@code limit}. */
    public static void until(String what, Duration limit, BooleanSupplier fact) {
        value(what, limit, () -> fact.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Returns what {@code lookup} finds first; fails when it finds nothing within {@code limit}. */
    public static <T> T value(String what, Duration limit, Supplier<Optional<T>> lookup) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            var found = lookup.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError("waiting for " + what + ": nothing within " + limit.toMillis() + " ms");
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    /** Whether {@code fact} keeps holding for all of {@code period}; for claims that something does not happen. */
    public static boolean holdsFor(Duration period, BooleanSupplier fact) {
        long deadline = System.nanoTime() + period.toNanos();
        while (System.nanoTime() - deadline < 0) {
            if (!fact.getAsBoolean()) {
                return false;
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        return true;
    }
}
