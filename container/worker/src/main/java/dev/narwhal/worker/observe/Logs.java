package dev.narwhal.worker.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.narwhal.contract.WorkerLog;
import java.nio.charset.StandardCharsets;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Sets up the log of this process: Logback, without a configuration file, to standard error. The application's own logging is its own. */
public final class Logs {

    private Logs() {}

    /**
     * Call before anything logs.
     *
     * @param who starts every line: {@code worker 0}
     * @param level {@code trace debug info warn error}
     */
    public static void configure(String who, String level) {
        System.setProperty("org.jboss.logging.provider", "slf4j");
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (!(factory instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        var encoder = new LinesEncoder(who);
        encoder.setContext(context);
        encoder.setPattern(WorkerLog.pattern(who));
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        var wanted = Level.toLevel(level, Level.INFO);
        root.setLevel(wanted);
        if (wanted.isGreaterOrEqual(Level.INFO)) {
            // At INFO the libraries tell what only their developers want to know.
            for (var library : new String[] {"io.undertow", "org.xnio", "org.jboss", "com.zaxxer.hikari"}) {
                context.getLogger(library).setLevel(Level.WARN);
            }
        }
    }

    /** Every line of a message has a level of its own, also those of a stack trace. */
    private static final class LinesEncoder extends PatternLayoutEncoder {

        private final String who;

        private LinesEncoder(String who) {
            this.who = who;
        }

        @Override
        public byte[] encode(ILoggingEvent event) {
            return WorkerLog.lines(getLayout().doLayout(event), who).getBytes(StandardCharsets.UTF_8);
        }
    }
}
