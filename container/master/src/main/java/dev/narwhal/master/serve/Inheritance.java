package dev.narwhal.master.serve;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.narwhal.master.config.Bind;
import dev.narwhal.master.config.SocketActivation;
import dev.narwhal.master.listen.OpenSocket;
import dev.narwhal.master.posix.Fd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a master leaves to the one that takes its place, beside the open files that this names: JSON in one variable of the environment. The two may be
 * of different versions, so what is not known is passed over, and what is missing is as if there were none.
 *
 * @param pid of the master that leaves
 * @param report the file descriptor on which that master is told how far its successor has come
 * @param sockets that listen
 * @param sessions where they are, if they are on this machine
 * @param workers how many are wanted, if another number than is configured; otherwise 0
 * @param generations how many there were
 */
record Inheritance(
        int pid, int report, List<Socket> sockets, @Nullable Sessions sessions, int workers, int generations) {

    static final String VARIABLE = "NARWHAL_SUCCEEDS";

    /**
     * A listening socket.
     *
     * @param bind what the configuration of the leaving master asked for
     */
    record Socket(int fd, String bind) {}

    /**
     * The directory of the session store.
     *
     * @param temporary whether it goes with the last master that uses it
     */
    record Sessions(String directory, boolean temporary) {}

    Inheritance {
        sockets = List.copyOf(sockets);
    }

    /**
     * What there is for this process, if it was started to take another's place.
     *
     * @throws IOException with a sentence for the operator
     */
    static Optional<Inheritance> in(Map<String, String> environment) throws IOException {
        var text = environment.getOrDefault(VARIABLE, "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Gson().fromJson(text, Inheritance.class));
        } catch (JsonParseException | NullPointerException e) {
            throw new IOException(
                    "taking the place of another master: %s=%s is not understood. Only a master sets it; unset it."
                            .formatted(VARIABLE, text),
                    e);
        }
    }

    /** The environment of children, which succeed nobody, and for whom no sockets of systemd's are. */
    static Map<String, String> hidden(Map<String, String> environment) {
        var rest = new HashMap<>(SocketActivation.hidden(environment));
        rest.remove(VARIABLE);
        return rest;
    }

    /** The sockets, of which this process becomes the owner. */
    List<OpenSocket> openSockets() throws IOException {
        var open = new ArrayList<OpenSocket>();
        for (var socket : sockets) {
            open.add(new OpenSocket(Bind.parse(socket.bind()), Fd.inherited(socket.fd())));
        }
        return open;
    }

    /** How many workers are wanted, if another number than is configured. */
    OptionalInt asked() {
        return workers > 0 ? OptionalInt.of(workers) : OptionalInt.empty();
    }

    String text() {
        return new Gson().toJson(this);
    }
}
