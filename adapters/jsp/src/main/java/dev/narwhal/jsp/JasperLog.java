package dev.narwhal.jsp;

import org.apache.juli.logging.Log;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Jasper has to say, in the server's log. */
public final class JasperLog implements Log {

    /** Warns of schemas that it never validates against. */
    private static final String BOTHERED = "org.apache.tomcat.util.descriptor.DigesterFactory";

    private final Logger logger;
    private final boolean bothered;

    /** Called by {@link java.util.ServiceLoader}, which wants to see an instance. */
    public JasperLog() {
        this("org.apache.jasper");
    }

    /** Called by Jasper. */
    public JasperLog(String name) {
        logger = LoggerFactory.getLogger(name);
        bothered = name.equals(BOTHERED);
    }

    @Override
    public boolean isTraceEnabled() {
        return logger.isTraceEnabled();
    }

    @Override
    public void trace(@Nullable Object message) {
        logger.trace(String.valueOf(message));
    }

    @Override
    public void trace(@Nullable Object message, @Nullable Throwable failure) {
        logger.trace(String.valueOf(message), failure);
    }

    @Override
    public boolean isDebugEnabled() {
        return logger.isDebugEnabled();
    }

    @Override
    public void debug(@Nullable Object message) {
        logger.debug(String.valueOf(message));
    }

    @Override
    public void debug(@Nullable Object message, @Nullable Throwable failure) {
        logger.debug(String.valueOf(message), failure);
    }

    @Override
    public boolean isInfoEnabled() {
        return logger.isInfoEnabled();
    }

    @Override
    public void info(@Nullable Object message) {
        logger.info(String.valueOf(message));
    }

    @Override
    public void info(@Nullable Object message, @Nullable Throwable failure) {
        logger.info(String.valueOf(message), failure);
    }

    @Override
    public boolean isWarnEnabled() {
        return logger.isWarnEnabled();
    }

    @Override
    public void warn(@Nullable Object message) {
        if (bothered) {
            logger.debug(String.valueOf(message));
        } else {
            logger.warn(String.valueOf(message));
        }
    }

    @Override
    public void warn(@Nullable Object message, @Nullable Throwable failure) {
        logger.warn(String.valueOf(message), failure);
    }

    @Override
    public boolean isErrorEnabled() {
        return logger.isErrorEnabled();
    }

    @Override
    public void error(@Nullable Object message) {
        logger.error(String.valueOf(message));
    }

    @Override
    public void error(@Nullable Object message, @Nullable Throwable failure) {
        logger.error(String.valueOf(message), failure);
    }

    @Override
    public boolean isFatalEnabled() {
        return logger.isErrorEnabled();
    }

    @Override
    public void fatal(@Nullable Object message) {
        logger.error(String.valueOf(message));
    }

    @Override
    public void fatal(@Nullable Object message, @Nullable Throwable failure) {
        logger.error(String.valueOf(message), failure);
    }
}
