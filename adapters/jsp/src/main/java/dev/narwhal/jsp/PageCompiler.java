package dev.narwhal.jsp;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.apache.jasper.JasperException;
import org.apache.jasper.compiler.ErrorDispatcher;
import org.apache.jasper.compiler.JDTCompiler;
import org.apache.jasper.compiler.JavacErrorDetail;
import org.jspecify.annotations.Nullable;

/**
 * Compiles one page or tag file, if no other worker has done it meanwhile.
 *
 * <p>The directory is shared. Who compiles holds its lock, in this JVM and among processes; a page's class file gets its source's time
 * of change as the last step, so that whoever sees that time may load it without a lock, and one that a killed worker left
 * is compiled again. The kernel releases the lock of a process that ends.
 */
public final class PageCompiler extends JDTCompiler {

    /** Among the threads of this JVM, for whom a file's lock counts as one. A page compiles its tag files while it holds it. */
    private static final ReentrantLock IN_THIS_JVM = new ReentrantLock();

    /** How long a changeable page that failed is not tried again: as long as Jasper does not look for changes. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(4);

    /** Lines of source that are shown before and after one. */
    private static final int AROUND = 3;

    private @Nullable PageException failure;
    private long failedAt;

    /** Called by Jasper. */
    public PageCompiler() {}

    @Override
    public boolean isOutDated(boolean checkClass) {
        return failure != null || (setup().mayChange() ? super.isOutDated(checkClass) : isMissing());
    }

    private PageSetup setup() {
        return PageSetup.of(ctxt.getServletContext());
    }

    /** What cannot change has to be looked at once, without what it includes: Jasper would load and initialize the page to know that. */
    private boolean isMissing() {
        var compiled = new File(ctxt.getClassFileName());
        long changed = compiled.lastModified();
        if (!compiled.exists() || changed != ctxt.getLastModified(ctxt.getJspFile())) {
            return true;
        }
        jsw.setServletClassLastModifiedTime(changed);
        return false;
    }

    /** Not before the lock is held. */
    @Override
    public void removeGeneratedFiles() {}

    @Override
    public void compile(boolean compileClass, boolean jspcMode) throws Exception {
        if (failure != null && (!options.getDevelopment() || System.nanoTime() - failedAt < RETRY_NANOS)) {
            throw failure;
        }
        failure = null;
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        IN_THIS_JVM.lock();
        try {
            // Jasper looks for functions of tag libraries there.
            thread.setContextClassLoader(ctxt.getClassLoader());
            if (IN_THIS_JVM.getHoldCount() > 1) {
                compileAlone(compileClass, jspcMode);
                return;
            }
            try (var channel = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                compileAlone(compileClass, jspcMode);
            }
        } catch (PageException e) {
            failure = e;
            failedAt = System.nanoTime();
            throw e;
        } finally {
            thread.setContextClassLoader(before);
            IN_THIS_JVM.unlock();
        }
    }

    private Path lockFile() {
        return options.getScratchDir().toPath().resolve(".lock");
    }

    private void compileAlone(boolean compileClass, boolean jspcMode) throws Exception {
        jsw.setLastModificationTest(-1); // or it would not look again so soon
        if (!ctxt.isPrototypeMode() && !isOutDated()) {
            return; // another worker was faster
        }
        super.removeGeneratedFiles();
        errDispatcher = new Errors();
        try {
            super.compile(compileClass, jspcMode);
        } catch (PageException | FileNotFoundException e) {
            throw e;
        } catch (JasperException | RuntimeException e) {
            throw PageException.of(ctxt.getJspFile(), e, this::excerpt);
        }
    }

    private List<String> excerpt(String file, int line) {
        try (var in = ctxt.getResourceAsStream(file)) {
            if (in == null) {
                return List.of();
            }
            var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return IntStream.rangeClosed(Math.max(1, line - AROUND), Math.min(lines.size(), line + AROUND))
                    .mapToObj(number -> number + ": " + lines.get(number - 1))
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    /** Keeps the places of what is wrong, which Jasper would put into a text. */
    private static final class Errors extends ErrorDispatcher {

        Errors() {
            super(false);
        }

        @Override
        public void javacError(JavacErrorDetail @Nullable [] details) throws JasperException {
            if (details != null && details.length > 0) {
                throw PageException.of(details);
            }
        }
    }
}
