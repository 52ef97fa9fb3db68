package dev.narwhal.undertow.dispatch;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * Virtual threads with a scheduler of our own. The JDK can do it but has no public method for it yet, so it takes {@code --add-opens
 * java.base/java.lang=ALL-UNNAMED}, which the master puts on every worker's command line.
 */
public final class VirtualThreads {

    private final MethodHandle builder;
    private final Executor defaultScheduler;

    private VirtualThreads(MethodHandle builder, Executor defaultScheduler) {
        this.builder = builder;
        this.defaultScheduler = defaultScheduler;
    }

    /** Empty on a JDK whose virtual threads have no place for a scheduler. */
    public static Optional<VirtualThreads> withScheduler() {
        try {
            var builderClass = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
            var constructor = MethodHandles.privateLookupIn(builderClass, MethodHandles.lookup())
                    .findConstructor(builderClass, MethodType.methodType(void.class, Executor.class))
                    .asType(MethodType.methodType(Thread.Builder.OfVirtual.class, Executor.class));
            var threadClass = Class.forName("java.lang.VirtualThread");
            var scheduler = threadClass.getDeclaredField("DEFAULT_SCHEDULER");
            scheduler.setAccessible(true);
            return scheduler.get(null) instanceof Executor executor
                    ? Optional.of(new VirtualThreads(constructor, executor))
                    : Optional.empty();
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The scheduler that {@link Thread#ofVirtual()} uses. */
    Executor defaultScheduler() {
        return defaultScheduler;
    }

    /** How many virtual threads wait for a thread to run on; 0 when that cannot be told. */
    int queued() {
        return defaultScheduler instanceof ForkJoinPool pool
                ? (int) Math.min(Integer.MAX_VALUE, pool.getQueuedTaskCount() + pool.getQueuedSubmissionCount())
                : 0;
    }

    /**
     * Makes a virtual thread.
     *
     * @param scheduler runs the thread's continuation, on any platform thread, whenever there is something to run
     */
    Thread unstarted(Executor scheduler, Runnable task) {
        try {
            var ofVirtual = (Thread.Builder.OfVirtual) builder.invokeExact(scheduler);
            return ofVirtual.inheritInheritableThreadLocals(false).unstarted(task);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("making a virtual thread", e);
        }
    }
}
