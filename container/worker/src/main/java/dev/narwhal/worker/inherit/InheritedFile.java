package dev.narwhal.worker.inherit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Writes to a file that the master has opened: under {@code /proc/self/fd} a socket, such as that of systemd's journal, cannot be opened again. */
public final class InheritedFile {

    private InheritedFile() {}

    /**
     * Takes over an inherited descriptor.
     *
     * @throws IOException when the flag is missing that opens {@code java.io}
     */
    public static OutputStream appendTo(int fd) throws IOException {
        return new FileOutputStream(descriptor(fd));
    }

    static FileDescriptor descriptor(int fd) throws IOException {
        try {
            return (FileDescriptor) MethodHandles.privateLookupIn(FileDescriptor.class, MethodHandles.lookup())
                    .findConstructor(FileDescriptor.class, MethodType.methodType(void.class, int.class))
                    .invoke(fd);
        } catch (Throwable e) {
            throw new IOException("adopting file descriptor %d: %s".formatted(fd, e), e);
        }
    }
}
