package dev.narwhal.bench.load;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Reads a {@link Run} from each line of standard input and prints its {@link Sample}, until the input ends. */
public final class LoadMain {

    private LoadMain() {}

    public static void main(String[] args) throws IOException {
        var gson = new Gson();
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(gson.toJson(measure(gson.fromJson(line, Run.class))));
        }
    }

    /** A run that fails is a sample too, so that the other servers are still measured. */
    private static Sample measure(Run run) {
        try {
            return Load.measure(run);
        } catch (IOException e) {
            return Sample.failed(e.toString());
        }
    }
}
