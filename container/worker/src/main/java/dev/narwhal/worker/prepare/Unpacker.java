package dev.narwhal.worker.prepare;

import dev.narwhal.worker.war.WarException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks an archive that nobody trusts into a directory that is new and ours.
 *
 * <p>Names that lead elsewhere, come twice or are both a file and a directory are refused, and so is what grows out of
 * proportion. What is not unpacked is not judged: many libraries have two entries {@code META-INF/LICENSE}. Links are never made: an entry that is one becomes a small file with the link's text. What was written before a
 * failure stays; the caller deletes the directory.
 */
final class Unpacker {

    /**
     * How much an archive may hold.
     *
     * @param entries how many entries
     * @param bytes how many bytes, unpacked
     * @param ratio how many times the size of the archive; not looked at below {@code harmless} bytes
     */
    record Limits(int entries, long bytes, long ratio, long harmless) {
        static final Limits DEFAULT = new Limits(100_000, 8L << 30, 100, 256L << 20);

        /** What is left for the next archive of the same application. */
        Limits after(Unpacker unpacker) {
            return new Limits(
                    entries, Math.max(0, bytes - unpacker.written), ratio, Math.max(0, harmless - unpacker.written));
        }
    }

    private static final int BUFFER = 1 << 16;
    private static final int PROGRESS_EVERY = 500;

    private final String name;
    private final Limits limits;
    private final Report report;
    private final byte[] buffer = new byte[BUFFER];
    private long written;

    /**
     * For one archive.
     *
     * @param name what messages call it
     */
    Unpacker(String name, Limits limits, Report report) {
        this.name = name;
        this.limits = limits;
        this.report = report;
    }

    /**
     * Unpacks the entries below a prefix.
     *
     * @param prefix empty, or a directory of the archive with its slash; it is left out of the names
     * @param names gets the name of every entry, unpacked or not
     * @return how many files were written
     */
    int unpack(Path archive, String prefix, Path target, Consumer<String> names) throws WarException, IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            refuseIf(
                    zip.size() > limits.entries(),
                    "it has %,d entries, and %,d are allowed".formatted(zip.size(), limits.entries()));
            var all = Collections.list(zip.entries());
            all.forEach(entry -> names.accept(entry.getName()));
            var entries = all.stream()
                    .filter(entry -> entry.getName().startsWith(prefix)
                            && entry.getName().length() > prefix.length())
                    .toList();
            checkNames(entries);
            long allowed = allowed(Files.size(archive));
            int files = 0;
            int done = 0;
            for (var entry : entries) {
                if (++done % PROGRESS_EVERY == 0) {
                    report.progress("unpacking %s (%d of %d entries)".formatted(name, done, entries.size()));
                }
                if (entry.getName().startsWith(prefix) && entry.getName().length() > prefix.length()) {
                    files += write(zip, entry, target.resolve(entry.getName().substring(prefix.length())), allowed);
                }
            }
            return files;
        } catch (ZipException e) {
            throw new WarException(
                    "unpacking " + name + ": the archive is truncated or damaged (" + e.getMessage()
                            + "). Copy or build it again.",
                    e);
        }
    }

    private long allowed(long size) {
        return Math.min(limits.bytes(), Math.max(limits.harmless(), limits.ratio() * size));
    }

    private void checkNames(List<? extends ZipEntry> entries) throws WarException {
        var seen = new HashSet<String>();
        for (var entry : entries) {
            var full = entry.getName();
            var plain = full.endsWith("/") ? full.substring(0, full.length() - 1) : full;
            var parts = List.of(plain.split("/", -1));
            boolean leadsElsewhere = parts.contains("..") || parts.contains(".") || parts.contains("");
            boolean odd = full.indexOf('\\') >= 0 || full.indexOf('\0') >= 0;
            refuseIf(leadsElsewhere || odd, "the entry '" + full + "' has an unsafe name");
            refuseIf(!seen.add(plain), "it has two entries '" + plain + "'");
        }
    }

    private int write(ZipFile zip, ZipEntry entry, Path file, long allowed) throws WarException, IOException {
        if (entry.isDirectory()) {
            refuseIf(Files.isRegularFile(file), "'" + entry.getName() + "' is both a file and a directory");
            Files.createDirectories(file);
            return 0;
        }
        createParent(entry, file);
        refuseIf(Files.exists(file), "'" + entry.getName() + "' is both a file and a directory");
        var checksum = new CRC32();
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                written += count;
                refuseIf(
                        written > allowed,
                        "it unpacks to more than %,d MiB, which is out of proportion".formatted(allowed >> 20));
                checksum.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
        }
        if (entry.getCrc() >= 0 && entry.getCrc() != checksum.getValue()) {
            throw new ZipException("wrong checksum of " + entry.getName());
        }
        return 1;
    }

    private void createParent(ZipEntry entry, Path file) throws WarException, IOException {
        var parent = file.getParent();
        if (parent == null || Files.isDirectory(parent)) {
            return;
        }
        for (var above = parent; above != null && !Files.isDirectory(above); above = above.getParent()) {
            refuseIf(Files.isRegularFile(above), "a directory of '" + entry.getName() + "' is also a file");
        }
        Files.createDirectories(parent);
    }

    private void refuseIf(boolean wrong, String what) throws WarException {
        if (wrong) {
            throw new WarException(
                    "unpacking " + name + ": " + what + ". Nothing was deployed; check where the archive is from.");
        }
    }
}
