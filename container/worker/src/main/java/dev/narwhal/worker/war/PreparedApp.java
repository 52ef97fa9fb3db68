package dev.narwhal.worker.war;

import com.google.gson.JsonParseException;
import dev.narwhal.contract.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An application that is ready to be deployed.
 *
 * @param directory the prepared directory
 * @param webApp the merged descriptor
 */
public record PreparedApp(Path directory, WebApp webApp) {

    /** The file in a prepared directory that has the {@link WebApp}. */
    public static final String FILE = "webapp.json";

    /**
     * Reads what the preparing child left.
     *
     * @throws WarException if the directory does not hold a prepared application of this version of Narwhal
     */
    public static PreparedApp load(Path directory) throws WarException {
        var absolute = directory.toAbsolutePath().normalize();
        try {
            var text = Files.readString(absolute.resolve(FILE));
            return new PreparedApp(absolute, new WebAppJson(absolute).read(text));
        } catch (IOException | JsonParseException e) {
            throw new WarException(
                    ExitCode.BOOT,
                    "loading the prepared application in " + directory + ": " + FILE + " cannot be read (" + e
                            + "). Delete the directory; it is prepared again at the next start.",
                    e);
        }
    }

    /**
     * A class loader for the application; close it when the application is gone.
     *
     * @param libraries the loader of what the applications share, if there is one
     */
    public WebAppClassLoader classLoader(ClassLoader server, Optional<WebAppClassLoader> libraries) {
        return WebAppClassLoader.create(webApp.layout().classPath(), server, libraries);
    }
}
