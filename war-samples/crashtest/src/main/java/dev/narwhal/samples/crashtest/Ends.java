package dev.narwhal.samples.crashtest;

import jakarta.servlet.ServletException;
import java.io.IOException;

/** Exceptions, and the end of the process. */
final class Ends {
    private Ends() {}

    static void raise(Call call) throws IOException, ServletException {
        var what = call.text("what", "runtime");
        switch (what) {
            case "runtime" -> throw new IllegalStateException("crashtest: a runtime exception");
            case "checked" -> throw new IOException("crashtest: a checked exception");
            case "servlet" -> throw new ServletException("crashtest: a servlet exception");
            case "error" -> throw new AssertionError("crashtest: an error");
            default -> call.response().sendError(400, "throwing " + what + ": use runtime, checked, servlet or error");
        }
    }

    static void recurse(Call call) throws IOException {
        call.answer("went " + deeper(1) + " calls deep");
    }

    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }

    static void exit(Call call) {
        System.exit((int) call.number("code", 1));
    }

    static void halt(Call call) {
        Runtime.getRuntime().halt((int) call.number("code", 1));
    }
}
