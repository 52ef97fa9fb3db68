package dev.narwhal.master.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.narwhal.master.config.LogFormat;
import dev.narwhal.master.config.LogLevel;
import dev.narwhal.master.output.Outlet;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * Logging of the master: {@link LogLine}s to standard error. Logback finds this class as a service, so that it never looks
 * for a configuration file, which is half of its start-up time.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var line = new LogLine();
        line.setContext(context);
        line.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(line);
        encoder.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setName("stderr");
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(console);
        context.getLogger("org.eclipse.jetty").setLevel(Level.WARN); // it greets with its own version
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** From now on nobody who logs waits for whoever reads it. */
    static void serving(LogFormat format) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            var line = switch (format) {
                case TEXT -> new LogLine();
                case JSON -> new JsonLine();
            };
            line.setContext(context);
            line.start();
            var outlet = new OutletAppender(line);
            outlet.setContext(context);
            outlet.start();
            var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            root.detachAndStopAllAppenders();
            root.addAppender(outlet);
        }
    }

    private static final class OutletAppender extends AppenderBase<ILoggingEvent> {

        private final Layout<ILoggingEvent> layout;

        private OutletAppender(Layout<ILoggingEvent> layout) {
            this.layout = layout;
        }

        @Override
        protected void append(ILoggingEvent event) {
            Outlet.STANDARD_ERROR.put(layout.doLayout(event).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** From now on logs what is at least as important as {@code level}. */
    static void level(LogLevel level) {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.toLevel(level.label()));
        }
    }
}
