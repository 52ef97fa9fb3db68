package dev.narwhal.session.lmdb;

import java.nio.ByteBuffer;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;

/**
 * The tables of the store.
 *
 * @param ids context and id: the session's number
 * @param sessions number: {@link Row}
 * @param attributes number and name: the attribute
 * @param expiries context, time and number: nothing. Where to look for sessions that may have expired
 * @param counters what is counted: the last number given
 */
record Tables(
        Dbi<ByteBuffer> ids,
        Dbi<ByteBuffer> sessions,
        Dbi<ByteBuffer> attributes,
        Dbi<ByteBuffer> expiries,
        Dbi<ByteBuffer> counters) {

    static final int COUNT = 5;

    static Tables open(Env<ByteBuffer> env) {
        return new Tables(
                env.openDbi("ids", DbiFlags.MDB_CREATE),
                env.openDbi("sessions", DbiFlags.MDB_CREATE),
                env.openDbi("attributes", DbiFlags.MDB_CREATE),
                env.openDbi("expiries", DbiFlags.MDB_CREATE),
                env.openDbi("counters", DbiFlags.MDB_CREATE));
    }
}
