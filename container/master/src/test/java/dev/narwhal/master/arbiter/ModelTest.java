package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.WorkerMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random lives of workers under a random operator: what holds in every one of them. {@link World} checks more after every event. */
class ModelTest {

    private static final int LIVES = 50;
    private static final int EVENTS = 250;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void any_life_keeps_its_promises_and_ends_in_time(long seed) {
        for (int life = 0; life < LIVES; life++) {
            new Life(new Random(seed * 1_000_003 + life)).live();
        }
    }

    private static final class Life {
        private final Random random;
        private final World world;
        private int generation;
        private long failed;
        private long capacity; // how many served when nothing bad had happened since

        Life(Random random) {
            this.random = random;
            int slots = 2 + random.nextInt(6);
            world = new World(settings(slots, Rolling.DEFAULT));
        }

        private Settings settings(boolean plain) {
            var rolling = new Rolling(
                    1 + random.nextInt(3),
                    plain || random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(1 + random.nextInt(60)),
                    plain || random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(new Canary.Rules(Duration.ofSeconds(random.nextInt(20)), 5, 0, 10)));
            return settings(world.pool().settings().slots(), rolling);
        }

        private Settings settings(int slots, Rolling rolling) {
            return new Settings(
                    1 + random.nextInt(slots),
                    slots,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(20),
                    false,
                    rolling);
        }

        void live() {
            for (int i = 0; i < EVENTS && !world.pool().stopped(); i++) {
                boolean bad = happen();
                capacity = bad ? world.serving() : Math.max(capacity, world.serving());
                capacity = Math.min(capacity, world.pool().target());
                if (world.pool().mode() instanceof Mode.Running) {
                    assertThat(world.serving())
                            .as(
                                    "workers that serve, of %d wanted, after %s",
                                    world.pool().target(), world.history())
                            .isGreaterThanOrEqualTo(capacity);
                    assertThat(world.pids().size())
                            .isLessThanOrEqualTo(world.pool().settings().slots());
                }
            }
            if (world.pool().mode() instanceof Mode.Running && random.nextBoolean()) {
                settle();
            }
            end();
        }

        /** Once nothing bad happens any more, all that was asked for comes about. */
        private void settle() {
            world.spawnsFail = false;
            world.signal(MasterSignal.TTIN); // nothing comes about while all is paused
            world.processes.values().forEach(child -> child.beats = true);
            for (int round = 0; round < 25; round++) {
                int asked = world.pool().generations();
                if (asked > generation) {
                    generation = asked;
                    world.prepared(asked, 2, settings(true));
                }
                List.copyOf(world.pids()).forEach(this::bootOrDrain);
                world.advance(Duration.ofSeconds(30));
            }
            var pool = world.pool();
            assertThat(pool.rollout()).as("rollout after %s", world.history()).isInstanceOf(Rollout.Steady.class);
            assertThat(pool.again()).isFalse();
            assertThat(world.pids()).hasSize(pool.target());
            assertThat(world.serving()).isEqualTo(pool.target());
            assertThat(world.generations())
                    .allMatch(number -> number == pool.rollout().current());
        }

        /** Whether it was something that may cost capacity: a death, a hang or an operator's wish. */
        private boolean happen() {
            failed = world.pool().ledger().failedCanaries();
            int choice = random.nextInt(103);
            if (choice < 25) {
                world.advance(Duration.ofMillis(random.nextInt(random.nextInt(10) == 0 ? 40_000 : 3_000)));
                return world.processes.values().stream().anyMatch(process -> !process.beats)
                        || world.pool().ledger().failedCanaries() > failed;
            } else if (choice < 45) {
                somebody(this::bootOrDrain);
                return false;
            } else if (choice < 60) {
                answerPreparation();
                return false;
            } else if (choice < 70) {
                somebody(this::die);
                return true;
            } else if (choice < 75) {
                somebody(pid -> world.process(pid).beats = false);
                return false;
            } else if (choice < 77) {
                somebody(pid -> {
                    world.process(pid).leaves = true;
                    world.handle(new Event.Reported(pid, new WorkerMessage.Draining(0, 0)));
                });
                return true;
            } else if (choice < 78) {
                somebody(pid -> world.worn(pid, "has served 500 requests"));
                return false;
            } else if (choice < 80) {
                world.spawnsFail = random.nextInt(4) == 0;
                return false;
            }
            if (choice >= 100) {
                if (choice == 100) {
                    boolean watched = world.pool().rollout() instanceof Rollout.Watching;
                    world.handle(new Event.Rollback());
                    return watched;
                }
                somebody(pid -> world.answered(pid, random.nextInt(20), random.nextInt(2)));
                return false;
            }
            return operate();
        }

        private boolean operate() {
            var signals = List.of(
                    MasterSignal.HUP,
                    MasterSignal.HUP,
                    MasterSignal.TTIN,
                    MasterSignal.TTOU,
                    MasterSignal.USR1,
                    MasterSignal.WINCH);
            var signal = signals.get(random.nextInt(signals.size()));
            if (random.nextInt(300) == 0) {
                signal = random.nextBoolean() ? MasterSignal.TERM : MasterSignal.INT;
            }
            world.signal(signal);
            return false;
        }

        private void somebody(IntConsumer deed) {
            var pids = List.copyOf(world.pids());
            if (!pids.isEmpty()) {
                deed.accept(pids.get(random.nextInt(pids.size())));
            }
        }

        private void bootOrDrain(int pid) {
            var process = world.process(pid);
            if (process.leaves
                    || process.signals.contains(WorkerSignal.TERM)
                    || process.signals.contains(WorkerSignal.KILL)) {
                world.exits(pid, World.OK);
            } else if (!process.ready) {
                world.ready(pid);
            }
        }

        private void die(int pid) {
            switch (random.nextInt(4)) {
                case 0 -> world.exits(pid, new Exit.Code(random.nextInt(6)));
                case 1 -> {
                    world.fails(pid, ExitCode.DEPLOY, "no");
                    world.exits(pid, new Exit.Code(4));
                }
                default -> world.exits(pid, World.KILLED);
            }
        }

        private void answerPreparation() {
            int asked = world.pool().generations();
            if (asked > generation) {
                generation = asked;
                if (asked > 1 && random.nextInt(5) == 0) {
                    world.handle(new Event.PrepareFailed(asked, ExitCode.DEPLOY, "no", ""));
                } else {
                    world.prepared(asked, 1 + random.nextInt(5), settings(false));
                }
            }
        }

        /** TERM ends it within the graceful timeout, and the time that killed processes need, whatever they do. */
        private void end() {
            world.signal(MasterSignal.TERM);
            world.advance(Duration.ofSeconds(20));
            for (int pid : List.copyOf(world.pids())) {
                assertThat(world.signalsTo(pid)).endsWith(WorkerSignal.KILL);
                world.exits(pid, World.KILLED);
            }
            assertThat(world.pool().stopped()).isTrue();
            assertThat(world.stops()).hasSize(1);
            assertThat(world.processes).isEmpty();
        }
    }
}
