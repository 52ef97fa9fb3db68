package dev.narwhal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Premises;
import dev.narwhal.harness.Processes;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The last master of a test that was started by another one. Nobody else ends it. */
final class Heir implements AfterEachCallback {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern NEW_MASTER = Pattern.compile("the new master serves, pid (\\d+)");

    private long pid;

    long pid() {
        return pid;
    }

    void is(long master) {
        pid = master;
    }

    /** Has a master replaced; returns when it is gone. */
    void replace(long master, Premises premises) {
        var served = premises.ctl("upgrade", "--wait");
        var named = NEW_MASTER.matcher(served.out());
        assertThat(named.find()).as(served.output()).isTrue();
        pid = Long.parseLong(named.group(1));
        assertThat(served.exitCode()).as(served.output()).isZero();
        Await.until("the end of the old master", LIMIT, () -> !Processes.isAlive(master));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (pid != 0) {
            Processes.signal(pid, "TERM");
            Await.until("the end of the new master", LIMIT, () -> !Processes.isAlive(pid));
        }
    }
}
