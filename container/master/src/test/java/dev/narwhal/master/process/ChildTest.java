package dev.narwhal.master.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.contract.Scoreboard;
import dev.narwhal.master.config.Bind;
import dev.narwhal.master.listen.ListenerSet;
import dev.narwhal.master.posix.Fd;
import dev.narwhal.master.posix.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChildTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/bin:/usr/bin", "LC_ALL", "C.UTF-8");

    @Test
    void an_exit_status_is_told_by_its_code() throws Exception {
        try (var child = shell("exit 4")) {
            assertThat(child.rest()).containsExactly(new ExitStatus.Exited(4));
        }
    }

    @Test
    void a_death_by_signal_is_told_by_its_number_and_name() throws Exception {
        try (var child = shell("echo up >&3; exec sleep 60")) {
            assertThat(child.next()).isEqualTo("up");
            assertThat(child.child().signal(Signal.KILL)).isTrue();

            assertThat(child.next()).isEqualTo(new ExitStatus.Signalled(9, "KILL"));
            assertThat(child.child().signal(Signal.KILL))
                    .as("sent after its death")
                    .isFalse();
        }
    }

    @Test
    void every_line_comes_before_the_exit_and_so_does_one_that_has_no_end() throws Exception {
        try (var child = shell("seq 1 20000 >&3; printf half >&3; exit 3")) {
            var events = child.rest();

            var expected = new ArrayList<Object>(
                    IntStream.rangeClosed(1, 20000).mapToObj(Integer::toString).toList());
            expected.add("half");
            expected.add(new ExitStatus.Exited(3));
            assertThat(events).isEqualTo(expected);
        }
    }

    @Test
    void a_grandchild_that_holds_the_report_open_does_not_hold_up_the_exit() throws Exception {
        try (var child = shell("sleep 60 & echo $! >&3; exit 0")) {
            var grandchild = Long.parseLong((String) child.next());
            try {
                assertThat(child.next()).isEqualTo(new ExitStatus.Exited(0));
            } finally {
                ProcessHandle.of(grandchild).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    @Test
    void a_child_that_died_before_it_was_watched_is_told_of_all_the_same() throws Exception {
        var child = new Spawner().spawn(launch(List.of("/bin/sh", "-c", "echo gone >&3"), ChildFds.reportOnly()));
        awaitZombie(child.pid());
        var events = new ArrayBlockingQueue<Object>(2);

        child.watch(events::add, events::add);

        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("gone");
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(new ExitStatus.Exited(0));
    }

    @Test
    void a_line_that_the_master_chokes_on_costs_neither_the_next_nor_the_exit() throws Exception {
        var events = new ArrayBlockingQueue<Object>(3);
        var child =
                new Spawner().spawn(launch(List.of("/bin/sh", "-c", "printf 'x\\n7\\n' >&3"), ChildFds.reportOnly()));

        child.watch(line -> events.add(Integer.parseInt(line)), events::add);

        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(new ExitStatus.Exited(0));
    }

    @Test
    void a_thousand_short_children_leave_no_zombie_and_no_descriptor() throws Exception {
        long before = openDescriptors();
        var launch = launch(List.of("/bin/true"), ChildFds.reportOnly());
        var exits = new ArrayBlockingQueue<Object>(1000);
        for (int i = 0; i < 1000; i++) {
            new Spawner().spawn(launch).watch(_ -> {}, exits::add);
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(exits.poll(20, TimeUnit.SECONDS)).isEqualTo(new ExitStatus.Exited(0));
        }

        assertThat(zombies()).isEmpty();
        assertThat(openDescriptors()).isLessThan(before + 20);
    }

    @Test
    void the_end_of_the_lifeline_reaches_every_child() throws Exception {
        var lifeline = Lifeline.open();
        var launch = new Launch(probe("lifeline", "3"), ENVIRONMENT, lifeline.readEnd(), ChildFds.reportOnly());
        try (var one = Watched.spawn(launch);
                var other = Watched.spawn(launch)) {
            assertThat(one.next()).isEqualTo("waiting");
            assertThat(other.next()).isEqualTo("waiting");

            lifeline.close();

            assertThat(one.rest()).containsExactly("read -1", new ExitStatus.Exited(7));
            assertThat(other.rest()).containsExactly("read -1", new ExitStatus.Exited(7));
        }
    }

    @Test
    void two_children_accept_on_one_inherited_socket() throws Exception {
        try (var listeners = ListenerSet.bind(List.of(new Bind("127.0.0.1", 0)), 16, false)) {
            int port = listeners.listeners().getFirst().url().getPort();
            var launch = new Launch(
                    probe("accept", "3"), ENVIRONMENT, listeners.fds().getFirst(), ChildFds.reportOnly());
            try (var one = Watched.spawn(launch);
                    var other = Watched.spawn(launch);
                    var _ = new Socket(InetAddress.getLoopbackAddress(), port);
                    var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                var expected = List.of("port " + port, "accepted", new ExitStatus.Exited(0));
                assertThat(one.rest()).isEqualTo(expected);
                assertThat(other.rest()).isEqualTo(expected);
            }
        }
    }

    @Test
    void a_child_writes_the_scoreboard_that_the_master_reads() throws Exception {
        try (var memory = SharedMemory.create("scoreboard", Scoreboard.bytes(2));
                var scoreboard = Scoreboard.map(memory.procPath(), 2);
                var listeners = ListenerSet.bind(List.of(new Bind("127.0.0.1", 0)), 16, false)) {
            var fds = new ChildFds(listeners.fds(), Optional.of(memory.fd()), Optional.empty());
            assertThat(List.of(fds.listener(0), fds.report(), fds.scoreboardNumber()))
                    .containsExactly(3, 4, 5);

            try (var child = Watched.spawn(launch(probe("scoreboard", "4", "5"), fds))) {
                assertThat(child.rest()).containsExactly(new ExitStatus.Exited(0));
            }

            assertThat(scoreboard.slot(1).heartbeat()).isEqualTo(4711);
        }
    }

    @Test
    void what_the_master_was_told_to_ignore_is_not_ignored_by_its_children_nor_is_their_exit_lost() throws Exception {
        var java = String.join(" ", probe("parent", "3"));
        try (var parent = shell("trap '' HUP USR2 CHLD; exec " + java)) {
            assertThat(parent.next()).isEqualTo("SigBlk:\t0000000000000000");
            // Signals 32 and 33 are glibc's own, and posix_spawn leaves them ignored.
            assertThat(parent.next()).isIn("SigIgn:\t0000000000000000", "SigIgn:\t0000000180000000");
            assertThat(parent.rest()).containsExactly("exit status 9", new ExitStatus.Exited(0));
        }
    }

    @Test
    void an_executable_that_is_missing_is_named_and_nothing_stays_open() throws IOException {
        long before = openDescriptors();

        assertThatThrownBy(() -> new Spawner().spawn(launch(List.of("/no/such/java"), ChildFds.reportOnly())))
                .hasMessage("spawning /no/such/java: posix_spawn: ENOENT (No such file or directory)");

        assertThat(openDescriptors()).isEqualTo(before);
    }

    private static Watched shell(String script) throws IOException {
        return Watched.spawn(launch(List.of("/bin/sh", "-c", script), ChildFds.reportOnly()));
    }

    private static Launch launch(List<String> command, ChildFds fds) {
        return new Launch(command, ENVIRONMENT, Fd.STANDARD_INPUT, fds).withOutput(Fd.STANDARD_ERROR);
    }

    private static List<String> probe(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ChildProbe.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static long openDescriptors() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    private static List<String> zombies() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(ChildTest::stat)
                    .filter(stat ->
                            stat.contains(") Z " + ProcessHandle.current().pid() + " "))
                    .toList();
        }
    }

    private static String stat(Path process) {
        try {
            return Files.readString(process.resolve("stat"));
        } catch (IOException e) {
            return ""; // not a process, or not any more
        }
    }

    private static void awaitZombie(Pid pid) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!stat(Path.of("/proc", pid.toString())).contains(") Z ")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5);
        }
    }
}
