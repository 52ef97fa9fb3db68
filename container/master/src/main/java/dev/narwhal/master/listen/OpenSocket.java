package dev.narwhal.master.listen;

import dev.narwhal.master.config.Bind;
import dev.narwhal.master.posix.Fd;

/**
 * A listening socket from another master.
 *
 * @param wanted what the configuration of that master asked for
 */
public record OpenSocket(Bind wanted, Fd fd) {

    /** Whether TLS is spoken on it may change. */
    boolean serves(Bind bind) {
        return wanted.isSameSocket(bind);
    }
}
