package dev.narwhal.master.serve;

/** A line on the terminal that changes while something slow goes on; nothing where there is no terminal. */
final class Progress {

    private static final String CLEAR_LINE = "\r\u001b[K";

    @SuppressWarnings("SystemConsoleNull") // NullAway and Error Prone disagree about whether there may be none
    private final boolean terminal =
            System.console() != null && System.console().isTerminal();

    private boolean shown;

    void show(String what) {
        if (terminal) {
            System.err.print(CLEAR_LINE + what + " ...");
            System.err.flush();
            shown = true;
        }
    }

    void clear() {
        if (shown) {
            System.err.print(CLEAR_LINE);
            System.err.flush();
            shown = false;
        }
    }
}
