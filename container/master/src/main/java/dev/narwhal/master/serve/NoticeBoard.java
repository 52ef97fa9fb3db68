package dev.narwhal.master.serve;

import dev.narwhal.master.arbiter.Pool;
import dev.narwhal.master.process.SharedMemory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code --reload}: why the last release was refused, as a page that workers show in place of their own. It is in memory of this process that they read through {@code
 * /proc}, so nothing is left behind. Called on the arbiter's thread.
 */
final class NoticeBoard implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(NoticeBoard.class);

    private final SharedMemory memory;
    private final String template;

    private NoticeBoard(SharedMemory memory, String template) {
        this.memory = memory;
        this.template = template;
    }

    static NoticeBoard open() throws IOException {
        try (var page = NoticeBoard.class.getResourceAsStream("notice.html")) {
            if (page == null) {
                throw new IOException("opening the notice board: notice.html is not in the distribution");
            }
            var template = new String(page.readAllBytes(), StandardCharsets.UTF_8);
            return new NoticeBoard(SharedMemory.create("narwhal-notice", 0), template);
        }
    }

    /** Where workers find it. */
    Path path() {
        return Path.of(
                "/proc",
                Long.toString(ProcessHandle.current().pid()),
                "fd",
                Integer.toString(memory.fd().number()));
    }

    void show(Pool.Refusal refusal, int serving) {
        write(template.replace("{{generation}}", Integer.toString(refusal.generation()))
                .replace("{{serving}}", Integer.toString(serving))
                .replace("{{detail}}", text(refusal.detail()))
                .replace("{{reason}}", text(refusal.reason())));
    }

    void clear() {
        write("");
    }

    private void write(String page) {
        try {
            Files.writeString(memory.procPath(), page);
        } catch (IOException e) {
            log.warn("telling browsers of the release: {}", e.getMessage());
        }
    }

    /** Braces too: what an application says is no place for others to be filled in. */
    private static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("{", "&#123;");
    }

    @Override
    public void close() {
        memory.close();
    }
}
