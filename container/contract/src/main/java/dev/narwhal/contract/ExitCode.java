package dev.narwhal.contract;

import java.util.Optional;

/** How a process of Narwhal ends. Documented in {@code narwhal --help}; scripts rely on the numbers. */
public enum ExitCode {
    /** Stopped as asked. */
    OK(0, "stopped as asked"),
    /** A defect of Narwhal itself; the log has a stack trace. */
    BUG(1, "a defect of Narwhal; the log has the stack trace to report"),
    /** The command line, the environment or the configuration file is wrong. */
    USAGE(2, "wrong usage or configuration"),
    /** A worker process could not start. */
    BOOT(3, "a worker could not boot"),
    /** The web application could not be deployed. */
    DEPLOY(4, "the web application could not be deployed"),
    /** The operating system refused what was asked: a port in use, a missing right, no memory. */
    SYSTEM(5, "the operating system refused: port in use, missing right, no memory"),
    /** {@code narwhal check} found what will not work. */
    FINDINGS(6, "'narwhal check' found what will not work");

    private final int status;
    private final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    public int status() {
        return status;
    }

    /** One phrase for {@code --help} and for log lines. */
    public String meaning() {
        return meaning;
    }

    /** The code with that process exit status, if it is one of ours. */
    public static Optional<ExitCode> of(int status) {
        for (var code : values()) {
            if (code.status == status) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
