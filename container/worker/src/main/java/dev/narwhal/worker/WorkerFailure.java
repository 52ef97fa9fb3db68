package dev.narwhal.worker;

import dev.narwhal.contract.ExitCode;

/** Why a worker cannot serve: one line for the operator, and how the process ends. */
final class WorkerFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    WorkerFailure(ExitCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    ExitCode code() {
        return code;
    }
}
