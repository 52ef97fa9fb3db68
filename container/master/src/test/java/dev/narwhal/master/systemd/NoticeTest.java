package dev.narwhal.master.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.WorkerMessage;
import dev.narwhal.master.arbiter.Event;
import dev.narwhal.master.arbiter.MasterSignal;
import dev.narwhal.master.arbiter.Moment;
import dev.narwhal.master.arbiter.Pool;
import dev.narwhal.master.arbiter.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoticeTest {

    private static final Moment NOW = new Moment(7_000_000);
    private static final Duration LONG = Duration.ofSeconds(60);

    private Pool pool = Pool.start(new Settings(1, 3, LONG, LONG, LONG)).pool();
    private Notice told = Notice.NOTHING;

    @Test
    void a_server_is_ready_when_all_its_workers_are() {
        happens(new Event.Prepared(1, 2));
        happens(new Event.Spawned(0, 101));
        happens(new Event.Spawned(1, 102));
        assertThat(happens(new Event.Reported(101, new WorkerMessage.Ready())))
                .isEqualTo("STATUS=1 of 2 workers ready, generation 1");
        assertThat(happens(new Event.Reported(102, new WorkerMessage.Ready())))
                .isEqualTo("READY=1\nSTATUS=2 of 2 workers ready, generation 1");
        assertThat(happens(new Event.Tick())).isEmpty();
    }

    @Test
    void a_reload_begins_and_ends_and_may_be_refused() {
        serve();

        assertThat(happens(new Event.Signalled(MasterSignal.HUP))).isEqualTo("RELOADING=1\nMONOTONIC_USEC=7000");
        assertThat(happens(new Event.PrepareFailed(2, ExitCode.DEPLOY, "no\nweb.xml", "")))
                .isEqualTo("READY=1\nSTATUS=1 of 1 workers ready, generation 1; generation 2 was refused: no web.xml");
    }

    @Test
    void a_stop_is_told_when_it_begins() {
        serve();

        assertThat(happens(new Event.Signalled(MasterSignal.TERM))).startsWith("STOPPING=1\nSTATUS=0 of 1");
    }

    @Test
    void only_what_the_arbiter_ends_by_itself_may_take_longer_than_systemd_expects() {
        assertThat(Notice.of(pool).busy())
                .as("preparing has no limit but systemd's")
                .isFalse();
        happens(new Event.Prepared(1, 1));
        happens(new Event.Spawned(0, 101));
        assertThat(told.busy()).as("booting").isTrue();
        happens(new Event.Reported(101, new WorkerMessage.Ready()));
        assertThat(told.busy()).as("ready").isFalse();
        happens(new Event.Signalled(MasterSignal.HUP));
        assertThat(told.busy()).as("preparing a reload").isFalse();
        happens(new Event.Prepared(2, 1));
        happens(new Event.Spawned(1, 102));
        assertThat(told.busy()).as("booting for a reload").isTrue();
        happens(new Event.Signalled(MasterSignal.TERM));
        assertThat(told.busy()).as("draining").isTrue();
    }

    @Test
    void children_do_not_know_of_it() {
        assertThat(Systemd.hidden(
                        Map.of("NOTIFY_SOCKET", "/run/x", "WATCHDOG_USEC", "1", "WATCHDOG_PID", "2", "HOME", "/")))
                .containsExactly(Map.entry("HOME", "/"));
    }

    private void serve() {
        happens(new Event.Prepared(1, 1));
        happens(new Event.Spawned(0, 101));
        happens(new Event.Reported(101, new WorkerMessage.Ready()));
    }

    private String happens(Event event) {
        pool = pool.handle(event, NOW).pool();
        var notice = Notice.of(pool);
        var lines = notice.since(told, NOW);
        told = notice;
        return lines;
    }
}
