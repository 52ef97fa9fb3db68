package dev.narwhal.bench.server;

import dev.narwhal.bench.app.PingServlet;
import dev.narwhal.bench.app.SessionServlet;
import dev.narwhal.bench.app.VisitsServlet;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the web application that is measured, as an unpacked WAR. */
public final class WarDirectory {

    private static final String WEB_XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
              <distributable/>
            </web-app>
            """;

    private WarDirectory() {}

    /** Creates or overwrites the files of the application in a directory. */
    public static Path write(Path directory) throws IOException {
        var webInf = directory.resolve("WEB-INF");
        write(PingServlet.class, webInf);
        write(VisitsServlet.class, webInf);
        write(SessionServlet.class, webInf);
        Files.writeString(webInf.resolve("web.xml"), WEB_XML);
        return directory;
    }

    private static void write(Class<?> type, Path webInf) throws IOException {
        var servlet = type.getName().replace('.', '/') + ".class";
        var classFile = webInf.resolve("classes").resolve(servlet);
        Files.createDirectories(classFile.getParent());
        try (var in = type.getClassLoader().getResourceAsStream(servlet)) {
            if (in == null) {
                throw new FileNotFoundException(servlet + " is not on the class path");
            }
            Files.write(classFile, in.readAllBytes());
        }
    }
}
