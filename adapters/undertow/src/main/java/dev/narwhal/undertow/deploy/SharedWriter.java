package dev.narwhal.undertow.deploy;

import io.undertow.servlet.spec.HttpServletResponseImpl;
import io.undertow.servlet.spec.ServletPrintWriter;
import io.undertow.servlet.spec.ServletPrintWriterDelegate;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.CharBuffer;

/**
 * A response's writer that several threads may use: every other {@link PrintWriter} can be, Tomcat's bears it, and applications that stream events write
 * them from wherever they come. Undertow's would mix up its buffer and its chunks.
 *
 * <p>What is written after {@code sendError} or {@code sendRedirect} is ignored, as in Tomcat.
 *
 * <p>It takes the place of Undertow's before anybody has it: two threads may well be the first to write at the same time.
 */
final class SharedWriter extends ServletPrintWriter {

    private static final VarHandle WRITER = field(HttpServletResponseImpl.class, "writer", PrintWriter.class);
    private static final VarHandle DELEGATE =
            field(ServletPrintWriterDelegate.class, "servletPrintWriter", ServletPrintWriter.class);

    private final HttpServletResponseImpl response;
    private final ServletPrintWriter writer;

    private SharedWriter(HttpServletResponseImpl response, ServletPrintWriter writer)
            throws UnsupportedEncodingException {
        super(null, "utf-8"); // neither is used: everything ends in one of the methods below
        this.response = response;
        this.writer = writer;
    }

    /** A field that Undertow has no method for. */
    static VarHandle field(Class<?> owner, String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is written for another Undertow", e);
        }
    }

    /** Shares the writer that a response has now. */
    static void share(HttpServletResponseImpl response) {
        if (WRITER.get(response) instanceof ServletPrintWriterDelegate delegate
                && DELEGATE.get(delegate) instanceof ServletPrintWriter writer
                && !(writer instanceof SharedWriter)) {
            try {
                delegate.setServletPrintWriter(new SharedWriter(response, writer));
            } catch (UnsupportedEncodingException e) {
                throw new IllegalStateException("every JDK has UTF-8", e);
            }
        }
    }

    @Override
    public void flush() {
        if (!response.isTreatAsCommitted()) {
            synchronized (writer) {
                writer.flush();
            }
        }
    }

    @Override
    public void close() {
        if (!response.isTreatAsCommitted()) {
            synchronized (writer) {
                writer.close();
            }
        }
    }

    @Override
    public boolean checkError() {
        synchronized (writer) {
            return writer.checkError();
        }
    }

    @Override
    public void println(String line) {
        if (!response.isTreatAsCommitted()) {
            synchronized (writer) {
                super.println(line);
            }
        }
    }

    @Override
    public void println(Object line) {
        if (!response.isTreatAsCommitted()) {
            synchronized (writer) {
                super.println(line);
            }
        }
    }

    @Override
    public void write(CharBuffer input) {
        if (!response.isTreatAsCommitted()) {
            synchronized (writer) {
                writer.write(input);
            }
        }
    }

    @Override
    public void write(char[] buffer, int offset, int length) {
        if (!response.isTreatAsCommitted()) {
            synchronized (writer) {
                writer.write(buffer, offset, length);
            }
        }
    }

    @Override
    public void write(String text, int offset, int length) {
        if (!response.isTreatAsCommitted()) {
            synchronized (writer) {
                writer.write(text, offset, length);
            }
        }
    }
}
