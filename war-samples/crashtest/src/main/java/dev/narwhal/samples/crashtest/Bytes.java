package dev.narwhal.samples.crashtest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Large bodies and memory. */
final class Bytes {
    private static final int KIB = 1024;
    private static final int MIB = KIB * KIB;
    private static final ConcurrentLinkedQueue<byte[]> LEAKED = new ConcurrentLinkedQueue<>();

    private Bytes() {}

    /** 64-byte lines, so that a reader can check them. */
    static void output(Call call) throws IOException {
        var mebibytes = call.number("mib", 10);
        var line = "narwhal ".repeat(7) + "narwhal\n";
        var chunk = line.repeat(128).getBytes(StandardCharsets.US_ASCII);
        call.response().setContentType("text/plain;charset=UTF-8");
        call.response().setContentLengthLong(mebibytes * MIB);
        var body = call.response().getOutputStream();
        for (long left = mebibytes * MIB; left > 0; left -= chunk.length) {
            body.write(chunk);
        }
    }

    static void swallow(Call call) throws IOException {
        var body = call.request().getInputStream();
        var buffer = new byte[16 * 1024];
        long size = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            size += read;
        }
        call.answer("swallowed " + size + " bytes");
    }

    static void leak(Call call) throws IOException {
        var kibibytes = call.number("kib", 0);
        if (kibibytes > 0) {
            LEAKED.add(new byte[(int) kibibytes * KIB]);
            call.answer("leaked " + kibibytes + " KiB");
            return;
        }
        var mebibytes = call.number("mib", 10);
        for (long i = 0; i < mebibytes; i++) {
            LEAKED.add(new byte[MIB]);
        }
        call.answer("leaked " + mebibytes + " MiB, " + LEAKED.size() + " MiB in all");
    }

    /** The memory is free again once the error has left this method: what survives is up to the server. */
    static void allocateUntilOutOfMemory(Call call) throws IOException {
        List<byte[]> all = new ArrayList<>();
        while (all.size() < Integer.MAX_VALUE) {
            all.add(new byte[MIB]);
        }
        call.answer("allocated " + all.size() + " MiB");
    }
}
