package dev.narwhal.contract;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** Why the system has refused a file, in its words: the JDK has put some of them into names of classes. */
public final class FileError {

    private FileError() {}

    public static String words(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            case FileAlreadyExistsException _ -> "File exists";
            case NotDirectoryException _ -> "Not a directory";
            case FileSystemException named when named.getReason() != null -> named.getReason();
            default -> Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
        };
    }
}
