package dev.narwhal.harness;

import java.util.regex.Pattern;

/** What the server says, as patterns to find in a line: the only place of the tests that knows its words. */
public final class LogLines {

    /** Group 1 is the host as in a URL, group 2 the port. */
    public static final Pattern LISTENING = Pattern.compile("listening on http://(\\S+):(\\d+)");

    /** Group 1 is the backlog. */
    public static final Pattern BACKLOG = Pattern.compile("listening on http://\\S+ \\(backlog (\\d+)\\)");

    /** Group 1 is the URL to open. The last line of a start. */
    public static final Pattern SERVING = Pattern.compile("serving \\S.* at (http://\\S+)");

    public static final Pattern MASTER = Pattern.compile("master.*pid\\D{0,2}(\\d+)");

    /** Group 1 is the worker's number, group 2 its pid. */
    public static final Pattern READY = Pattern.compile("worker (\\d+) \\(pid (\\d+)\\) ready in [\\d.,]+ m?s");

    /** How many workers and why. */
    public static final Pattern WORKERS = Pattern.compile("(\\d+) workers?\\b");

    /** Which dispatch class and why. */
    public static final Pattern DISPATCH = Pattern.compile("dispatch\\W{0,3}(sync|threaded|virtual)\\b");

    public static final Pattern NOT_DISTRIBUTABLE = Pattern.compile("<distributable/>");

    /** In-memory sessions with several workers. */
    public static final Pattern SESSION_WARNING = Pattern.compile("(?i)WARN.*session");

    /** A preparation of an earlier start was found. */
    public static final Pattern REUSED = Pattern.compile("(?i)prepared .*(earlier|already|reus)|(reus|cached).*prepar");

    public static final Pattern RELOADING = Pattern.compile("(?i)\\breload");

    /** A reload has replaced every worker. */
    public static final Pattern RELOADED = Pattern.compile("(?i)\\breload(ed\\b|.*(done|complete|finished))");

    /** A reload was given up and the old workers go on. */
    public static final Pattern RELOAD_REFUSED =
            Pattern.compile("(?i)reload.*(refused|failed|abandoned|given up)|generation \\d+.*(refused|abandoned)");

    /** How a worker ended by a signal, for example 9. */
    public static Pattern killedBySignal(long pid, int signal) {
        return Pattern.compile("worker \\d+ \\(pid " + pid + "\\).*signal " + signal + "\\b");
    }

    /** Group 1 is the exit code. */
    public static Pattern exitedWithCode(long pid) {
        return Pattern.compile("worker \\d+ \\(pid " + pid + "\\).*(?:exit|exited|code|status)\\D{0,14}(\\d+)");
    }

    /** A worker that died young; group 1 is the number of seconds until the next try. */
    public static final Pattern BACKOFF = Pattern.compile(
            "(?i)worker \\d+.*(?:next try|again|respawn\\w*|retry\\w*|spawn\\w*) in (\\d+)(?:\\.\\d+)? s");

    public static final Pattern BOOT_TIMEOUT = Pattern.compile("failed to boot within (\\d+) s");

    /** A worker without heartbeat. */
    public static Pattern noHeartbeat(long pid) {
        return Pattern.compile("worker \\d+ \\(pid " + pid + "\\).*no heartbeat for");
    }

    /** What was cut off when the graceful timeout ended. */
    public static final Pattern CUT_OFF = Pattern.compile("(?i)graceful|cut off");

    /** A thread dump of a JVM. */
    public static final Pattern THREAD_DUMP = Pattern.compile("Full thread dump");

    /** A line of a stack trace. */
    public static final Pattern STACK_FRAME =
            Pattern.compile("^\\s+at [\\w.$/@<>-]+\\(.*\\)|^Exception in thread|^Caused by: ");

    private LogLines() {}
}
