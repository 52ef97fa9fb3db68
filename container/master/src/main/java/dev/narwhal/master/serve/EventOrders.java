package dev.narwhal.master.serve;

import dev.narwhal.master.arbiter.Event;
import dev.narwhal.master.arbiter.MasterSignal;
import dev.narwhal.master.control.Orders;
import java.util.List;
import java.util.Queue;

/** Orders from the control socket as the signals they stand for. */
record EventOrders(Queue<Event> events, Rereading rereading) implements Orders {

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
    public void stop(boolean quick) {
        give(quick ? MasterSignal.INT : MasterSignal.TERM);
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

    private void give(MasterSignal signal) {
        events.add(new Event.Signalled(signal));
    }
}
