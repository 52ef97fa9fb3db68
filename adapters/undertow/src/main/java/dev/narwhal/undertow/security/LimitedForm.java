package dev.narwhal.undertow.security;

import io.undertow.server.RequestTooBigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * A form that comes in chunks, which say nothing of its length. It fails once, where it takes too much; what is left is passed on uncounted to whoever
 * discards it, so that the client gets an answer when it has sent all. Undertow's own limit is fixed for chunks when the request begins.
 */
final class LimitedForm extends AbstractStreamSourceConduit<StreamSourceConduit> {

    private final long most;
    private long read;
    private boolean failed;

    LimitedForm(StreamSourceConduit next, long most) {
        super(next);
        this.most = most;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        int more = super.read(buffer);
        count(more);
        return more;
    }

    @Override
    public long read(ByteBuffer[] buffers, int offset, int length) throws IOException {
        long more = super.read(buffers, offset, length);
        count(more);
        return more;
    }

    private void count(long more) throws IOException {
        if (failed || more < 0) {
            return;
        }
        read += more;
        if (read > most) {
            failed = true;
            throw new RequestTooBigException("a form takes more than " + most + " bytes");
        }
    }
}
