package dev.narwhal.master.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The terminal that a program was started from, its keys read one by one: by {@code stty} and the escape sequences that all terminals know. */
final class Terminal implements AutoCloseable {

    private static final int ESCAPE = 27;
    private static final File DEVICE = new File("/dev/tty");
    private static final String OTHER_SCREEN = "\033[?1049h\033[?25l";
    private static final String SCREEN_BEFORE = "\033[?25h\033[?1049l";
    private static final String TOP = "\033[H";
    private static final String REST_OF_LINE = "\033[K";
    private static final String REST_OF_SCREEN = "\033[J";

    private final InputStream keys;
    private final PrintStream out;
    private final String before;
    private final Thread atExit;

    private Terminal(InputStream keys, PrintStream out, String before) {
        this.keys = keys;
        this.out = out;
        this.before = before;
        atExit = new Thread(this::restore, "terminal");
    }

    /** Takes it over until {@link #close}, also after a control-C. */
    static Terminal open(InputStream keys, PrintStream out) throws IOException, InterruptedException {
        var terminal = new Terminal(keys, out, stty("-g").strip());
        Runtime.getRuntime().addShutdownHook(terminal.atExit);
        stty("-icanon", "-echo", "min", "0", "time", "10");
        out.print(OTHER_SCREEN);
        return terminal;
    }

    private record Size(int rows, int columns) {}

    /** As terminals once were, when this one does not know. */
    private static final Size USUAL = new Size(24, 80);

    private static Size size() throws IOException, InterruptedException {
        var words = stty("size").strip().split(" ", -1);
        var size = new Size(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
        return size.rows() == 0 || size.columns() == 0 ? USUAL : size;
    }

    void show(List<String> lines) throws IOException, InterruptedException {
        var size = size();
        var text = new StringBuilder(TOP);
        for (int i = 0; i < Math.min(lines.size(), size.rows()); i++) {
            var line = lines.get(i);
            text.append(i == 0 ? "" : "\r\n")
                    .append(line, 0, Math.min(line.length(), size.columns()))
                    .append(REST_OF_LINE);
        }
        out.print(text.append(REST_OF_SCREEN));
        out.flush();
    }

    /** Waits for a key for a second; 0 for none, an arrow is {@code k} or {@code j}. */
    int key() throws IOException {
        int key = keys.read();
        if (key == ESCAPE) {
            if (keys.read() != '[') {
                return 0;
            }
            return switch (keys.read()) {
                case 'A' -> 'k';
                case 'B' -> 'j';
                default -> 0;
            };
        }
        return Math.max(0, key);
    }

    private static String stty(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add("stty");
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(DEVICE))
                .redirectErrorStream(true)
                .start();
        var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (process.waitFor() != 0) {
            throw new IOException("setting up the terminal: stty says " + answer.strip());
        }
        return answer;
    }

    private void restore() {
        out.print(SCREEN_BEFORE);
        out.flush();
        try {
            stty(before);
        } catch (IOException e) {
            out.println("narwhal: " + e.getMessage() + ". Type 'reset'.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        restore();
    }
}
