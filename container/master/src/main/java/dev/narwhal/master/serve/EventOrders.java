package dev.narwhal.master.serve;

import dev.narwhal.contract.Scoreboard;
import dev.narwhal.master.arbiter.Event;
import dev.narwhal.master.arbiter.MasterSignal;
import dev.narwhal.master.arbiter.WorkerOrder;
import dev.narwhal.master.control.Orders;
import java.util.List;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders from the control socket as the signals they stand for. */
record EventOrders(Queue<Event> events, LameDuck lameDuck, Scoreboard scoreboard, Rereading rereading)
        implements Orders {

    private static final Logger log = LoggerFactory.getLogger(EventOrders.class);

    @Override
    public void reload(List<String> wars) {
        rereading.order(wars);
        give(MasterSignal.HUP);
    }

    @Override
    public void rollback() {
        events.add(new Event.Rollback());
    }

    @Override
    public void upgrade() {
        give(MasterSignal.USR2);
    }

    @Override
    public void stop(boolean quick) {
        if (quick) {
            give(MasterSignal.INT);
        } else {
            lameDuck.leave();
        }
    }

    @Override
    public void reopenLogs() {
        give(MasterSignal.USR1);
    }

    @Override
    public void addWorker() {
        give(MasterSignal.TTIN);
    }

    @Override
    public void removeWorker() {
        give(MasterSignal.TTOU);
    }

    @Override
    public void restart(int pid) {
        events.add(new Event.Ordered(pid, WorkerOrder.RESTART));
    }

    @Override
    public void kill(int pid) {
        events.add(new Event.Ordered(pid, WorkerOrder.KILL));
    }

    @Override
    public void pause(boolean paused) {
        scoreboard.paused(paused);
        log.info(paused ? "pausing: new connections stay in the queue" : "resuming: connections are accepted again");
    }

    private void give(MasterSignal signal) {
        events.add(new Event.Signalled(signal));
    }
}
