package dev.narwhal.worker.inherit;

import dev.narwhal.contract.WorkerSpec;
import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.SelectorProvider;

/**
 * Makes a channel of a listening socket that the master has bound. The JDK does this for descriptor 0 only ({@link
 * System#inheritedChannel()}), so it takes {@code --add-opens} for {@code sun.nio.ch} and {@code java.io}, which the master puts
 * on every worker's command line.
 */
public final class InheritedSocket {

    private InheritedSocket() {}

    /**
     * Adopts a listening socket, non-blocking.
     *
     * @throws IOException when the descriptor is no listening socket, or the flags are missing
     */
    public static ServerSocketChannel adopt(WorkerSpec.Listener listener) throws IOException {
        try {
            var family = listener.bind().startsWith("[") ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
            var lookup = MethodHandles.lookup();
            var descriptor = InheritedFile.descriptor(listener.fd());
            var channelClass = Class.forName("sun.nio.ch.ServerSocketChannelImpl");
            var channel = (ServerSocketChannel) MethodHandles.privateLookupIn(channelClass, lookup)
                    .findConstructor(
                            channelClass,
                            MethodType.methodType(
                                    void.class,
                                    SelectorProvider.class,
                                    ProtocolFamily.class,
                                    FileDescriptor.class,
                                    boolean.class))
                    .invoke(SelectorProvider.provider(), family, descriptor, true);
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(
                    "adopting the listening socket %s (fd %d): %s".formatted(listener.bind(), listener.fd(), e), e);
        }
    }
}
