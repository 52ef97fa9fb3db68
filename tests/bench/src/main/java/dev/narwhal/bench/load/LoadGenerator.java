package dev.narwhal.bench.load;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The load generator's process, as seen from the bench. */
public final class LoadGenerator {

    private final Gson gson = new Gson();
    private final Process process;
    private final BufferedReader samples;

    /** Talks to a process that runs {@link LoadMain}. Whoever started it ends it. */
    public LoadGenerator(Process process) {
        this.process = process;
        this.samples = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Runs a load and waits for what it measured. */
    public Sample measure(Run run) throws IOException {
        var runs = process.outputWriter(StandardCharsets.UTF_8);
        runs.write(gson.toJson(run) + "\n");
        runs.flush();
        var line = samples.readLine();
        if (line == null) {
            throw new EOFException("measuring: the load generator (pid " + process.pid() + ") ended with "
                    + process.onExit().join().exitValue() + ". Its output above may say why.");
        }
        return gson.fromJson(line, Sample.class);
    }
}
