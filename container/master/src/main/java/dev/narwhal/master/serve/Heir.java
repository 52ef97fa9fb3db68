package dev.narwhal.master.serve;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.arbiter.Pool;
import dev.narwhal.master.arbiter.Rollout;
import dev.narwhal.master.arbiter.Successor;
import dev.narwhal.master.posix.Fd;
import dev.narwhal.master.posix.PosixException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This master, as one that is to take another's place: tells that one how far it has come, and waits to be given the rest. Its standard input is how
 * the other one gives, and its end of file that the other one is gone, which gives as well.
 */
final class Heir {

    private static final Logger log = LoggerFactory.getLogger(Heir.class);

    private final int predecessor;
    private final Fd report;
    private final Duration bootLimit;
    private @Nullable Successor told;

    /**
     * An heir.
     *
     * @param predecessor the pid of the other master
     * @param report where it reads what is told
     * @param bootLimit how long all workers may take to boot
     */
    Heir(int predecessor, Fd report, Duration bootLimit) {
        this.predecessor = predecessor;
        this.report = report;
        this.bootLimit = bootLimit;
    }

    /** Tells what is new. */
    synchronized void see(Pool pool) {
        if (pool.refusal().isPresent() && !pool.announced()) {
            var refusal = pool.refusal().get();
            tell(new Successor.GivesUp(refusal.code(), refusal.reason()));
        } else if (pool.announced()) {
            tell(new Successor.Ready());
        } else if (pool.rollout() instanceof Rollout.Preparing) {
            tell(new Successor.Preparing());
        } else {
            tell(new Successor.Booting(bootLimit));
        }
    }

    synchronized void giveUp(ExitCode code, String reason) {
        tell(new Successor.GivesUp(code, reason));
    }

    private void tell(Successor fact) {
        if (fact.equals(told)) {
            return;
        }
        told = fact;
        try {
            report.write((SuccessorLine.format(fact) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (PosixException e) {
            log.debug("telling the master before (pid {}) of {}: {}", predecessor, fact, e.getMessage());
        }
    }

    /** Has what there is taken when the other master gives, or is gone, without anything then; at once on a thread of its own. */
    void await(Consumer<Optional<Bequest>> take) {
        Thread.ofPlatform().daemon().name("heir").start(() -> {
            var given = read();
            if (given.isEmpty()) {
                log.warn(
                        "the master before (pid {}) is gone without a word; this one goes on in its place",
                        predecessor);
            }
            take.accept(given);
        });
    }

    private static Optional<Bequest> read() {
        try {
            var reader =
                    new BufferedReader(new InputStreamReader(Fd.STANDARD_INPUT.inputStream(), StandardCharsets.UTF_8));
            return Optional.ofNullable(reader.readLine()).flatMap(Bequest::parse);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
