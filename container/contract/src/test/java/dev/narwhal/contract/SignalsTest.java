package dev.narwhal.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {

    private static final List<String> ALL = List.of("HUP", "INT", "TERM", "TTIN", "TTOU", "USR1", "USR2", "WINCH");

    @Test
    void every_signal_of_an_operator_runs_its_action() throws Exception {
        var received = new LinkedBlockingQueue<String>();
        var actions = new HashMap<String, Runnable>();
        ALL.forEach(name -> actions.put(name, () -> received.add(name)));

        try (var _ = Signals.install(actions)) {
            for (var name : ALL) {
                kill(name);

                assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(name);
            }
        }
    }

    @Test
    void a_signal_that_the_virtual_machine_keeps_for_itself_is_refused() {
        assertThatThrownBy(() -> Signals.install(Map.of("SEGV", () -> {})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("handling SIGSEGV: ");
    }

    private static void kill(String signal) throws IOException, InterruptedException {
        var pid = Long.toString(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid)
                        .start()
                        .waitFor())
                .isZero();
    }
}
