package dev.narwhal.master.config;

import dev.narwhal.contract.users.UsersFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/** Looks at the users file before a worker does. Reports what is wrong with it; keeps nothing of it. */
public final class UsersCheck {

    private UsersCheck() {}

    /** Everything that is wrong with the file, each problem with its line. */
    public static List<Problem> problems(Path file, String name) {
        try {
            return UsersFile.read(file).problems().stream()
                    .map(problem -> new Problem(name + ":" + problem.line(), problem.text()))
                    .toList();
        } catch (NoSuchFileException _) {
            return List.of(new Problem(name, "no such file."));
        } catch (AccessDeniedException _) {
            return List.of(new Problem(name, "permission denied. Make it readable for the user that narwhal runs as."));
        } catch (IOException e) {
            return List.of(new Problem(name, "cannot be read: " + e.getMessage() + "."));
        }
    }

    /** Whether somebody beside the owner and the group may read it. */
    public static boolean readableByOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException _) {
            return false;
        }
    }
}
