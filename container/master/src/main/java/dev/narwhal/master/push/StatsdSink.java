package dev.narwhal.master.push;

import dev.narwhal.master.config.Bind;
import dev.narwhal.master.observe.Measure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A StatsD, by UDP: what is lost on the way is lost, but that nobody listens at all is found out where the network says so. */
final class StatsdSink implements Sink {

    /** What fits into a frame of Ethernet, with IPv6 and a tunnel around it. */
    private static final int MOST_BYTES = 1400;

    private final Bind address;
    private final StatsdLines lines;
    private @Nullable DatagramChannel channel;

    StatsdSink(Bind address, StatsdLines lines) {
        this.address = address;
        this.lines = lines;
    }

    @Override
    public void send(List<Measure> measures, Instant now) throws IOException {
        try {
            var to = connected();
            for (var packet : packets(lines.of(measures))) {
                if (to.write(ByteBuffer.wrap(packet.getBytes(StandardCharsets.UTF_8))) == 0) {
                    throw new IOException("the kernel takes no more packets");
                }
            }
            to.read(ByteBuffer.allocate(1)); // throws what the network has answered
            lines.sent(measures);
        } catch (PortUnreachableException e) {
            close();
            throw new IOException("nobody listens there", e);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** The name may lead to another address by now. */
    private DatagramChannel connected() throws IOException {
        var target = new InetSocketAddress(address.host(), address.port());
        if (target.isUnresolved()) {
            throw new IOException("no address is known for " + address.host());
        }
        if (channel != null && target.equals(channel.getRemoteAddress())) {
            return channel;
        }
        close();
        var opened = DatagramChannel.open();
        channel = opened;
        opened.configureBlocking(false);
        opened.connect(target);
        return opened;
    }

    static List<String> packets(List<String> lines) {
        var packets = new ArrayList<String>();
        var packet = new StringBuilder();
        for (var line : lines) {
            if (!packet.isEmpty() && packet.length() + 1 + line.length() > MOST_BYTES) {
                packets.add(packet.toString());
                packet.setLength(0);
            }
            packet.append(packet.isEmpty() ? "" : "\n").append(line);
        }
        if (!packet.isEmpty()) {
            packets.add(packet.toString());
        }
        return packets;
    }

    @Override
    public void close() throws IOException {
        var open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public String toString() {
        return "StatsD at " + address;
    }
}
