package dev.narwhal.master.push;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Who sends numbers.
 *
 * @param version of Narwhal
 * @param since when sums were zero; they may have gone on from another master since
 * @param instance what tells this server from others: the same after a restart and after an upgrade
 */
public record Source(String version, Instant since, String instance) {

    /** The server with these listeners on this machine. */
    public static Source of(String version, Instant since, List<String> listeners) {
        var port = listeners.stream()
                .findFirst()
                .map(url -> ":" + URI.create(url).getPort())
                .orElse("");
        return new Source(version, since, host() + port);
    }

    /** As the kernel has it: to ask for the address of one's own name may take seconds. */
    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException _) {
            return "localhost";
        }
    }

    /** In OpenTelemetry's words. */
    Map<String, String> attributes() {
        return Map.of("service.name", "narwhal", "service.version", version, "service.instance.id", instance);
    }
}
