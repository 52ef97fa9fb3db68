package dev.narwhal.harness;

import java.util.regex.Pattern;

/** What the server says, as patterns to find in a line: the only place of the tests that knows its words. */
public final class LogLines {

    /** Group 1 is the host as in a URL, group 2 the port. */
    public static final Pattern LISTENING = Pattern.compile("listening on https?://(\\S+):(\\d+)");

    /** Group 1 is the backlog. */
    public static final Pattern BACKLOG = Pattern.compile("listening on https?://\\S+ \\(backlog (\\d+)\\)");

    /** Group 1 is the URL to open. The last line of a start. */
    public static final Pattern SERVING = Pattern.compile("serving \\S.* at (https?://\\S+)");

    /** Group 1 is the pid of the master. */
    public static final Pattern MASTER = Pattern.compile("master\\b.*\\bpid\\D{0,2}(\\d+)");

    /** Group 1 is how many workers, group 2 why. */
    public static final Pattern WORKERS = Pattern.compile("\\bworkers=(\\d+) \\((.+)\\)");

    /** Group 1 is the dispatch class, group 2 why. */
    public static final Pattern DISPATCH = Pattern.compile("\\bdispatch=(sync|threaded|virtual) \\((.+)\\)");

    /** Group 1 is the worker's number, group 2 its pid. */
    public static final Pattern READY = Pattern.compile("worker (\\d+) \\(pid (\\d+)\\) ready in \\d+ ms");

    /** A warning that names the missing mark. */
    public static final Pattern NOT_DISTRIBUTABLE = Pattern.compile("<distributable/>");

    public static final Pattern RELOADING = Pattern.compile("reloading: preparing generation (\\d+)");

    /** A reload has replaced every worker. */
    public static final Pattern RELOADED = Pattern.compile("reloaded: all workers are of generation (\\d+)");

    /** A reload was given up and the old workers go on; group 1 is the reason. */
    public static final Pattern RELOAD_REFUSED = Pattern.compile("reloading: refused, (.*)");

    /** A rollback has replaced every worker. */
    public static final Pattern ROLLED_BACK = Pattern.compile("rolled back: all workers are of generation (\\d+)");

    /** The first worker of a release is watched. */
    public static final Pattern WATCHED =
            Pattern.compile("the first worker of generation (\\d+) is ready and is watched");

    /** What TTIN, TTOU or WINCH changed; group 2 is how many workers are wanted now. */
    public static final Pattern WANTED = Pattern.compile("(TTIN|TTOU|WINCH): workers wanted: (?:still )?(\\d+)");

    /** A master has left its place to another; group 1 is the pid of that one. */
    public static final Pattern UPGRADED = Pattern.compile("upgraded: the workers of the new master .* pid=(\\d+)");

    public static final Pattern REOPENING = Pattern.compile("reopening log files");

    public static final Pattern STOPPING = Pattern.compile("stopping: workers have");

    /** What was cut off when the graceful timeout ended. */
    public static final Pattern CUT_OFF = Pattern.compile("cuts off what is in flight");

    /** A worker that died young is replaced later; group 1 is in how many seconds. */
    public static final Pattern BACKOFF = Pattern.compile("Spawning another in (\\d+) s \\(\\d+ died young in a row");

    /** Group 1 is the limit in seconds. */
    public static final Pattern BOOT_TIMEOUT =
            Pattern.compile("worker \\d+ \\(pid \\d+\\) failed to boot within (\\d+) s");

    /** A thread dump of a JVM. */
    public static final Pattern THREAD_DUMP = Pattern.compile("Full thread dump");

    /** A line of a stack trace. */
    public static final Pattern STACK_FRAME =
            Pattern.compile("(^|\\(pid \\d+\\): )(\\s+at [\\w.$/@<>-]+\\(.*\\)|Exception in thread|Caused by: )");

    private LogLines() {}

    /** How a worker ended by a signal, for example 9. */
    public static Pattern endedBySignal(long pid, int signal) {
        return Pattern.compile("worker \\d+ \\(pid " + pid + "\\) was ended by signal " + signal + "\\b");
    }

    /** How a worker ended by itself. */
    public static Pattern exitedWithCode(long pid, int code) {
        return Pattern.compile("worker \\d+ \\(pid " + pid + "\\) exited with code " + code + "\\b");
    }

    /** A worker without heartbeat. */
    public static Pattern noHeartbeat(long pid) {
        return Pattern.compile("worker \\d+ \\(pid " + pid + "\\) sent no heartbeat for");
    }

    /** What a worker that is gone was doing, from the scoreboard; {@code request} such as {@code GET /sleep}. */
    public static Pattern doing(long pid, String request) {
        return Pattern.compile("worker \\d+ \\(pid " + pid + "\\).*" + Pattern.quote(request));
    }

    /** One of several configuration problems, with its source. */
    public static Pattern problem(String source) {
        return Pattern.compile("(^|\\s)" + Pattern.quote(source) + ": ");
    }
}
