package dev.narwhal.contract;

import java.nio.file.Path;

/**
 * What the master knows of a prepared application.
 *
 * @param contextPath empty for the root, otherwise {@code /name}
 * @param directory the prepared directory, which workers load
 * @param name the file name of the WAR, for messages
 * @param distributable whether {@code web.xml} has {@code <distributable/>}: may run in several JVMs (Servlet 6.1 §7.7.2)
 * @param nativeCode whether the WAR brings native libraries
 * @param migrated whether it was written for {@code javax.servlet} and has been migrated to {@code jakarta.servlet}
 * @param reused whether an earlier preparation of the same content was found
 */
public record PreparedWar(
        String contextPath,
        Path directory,
        String name,
        boolean distributable,
        boolean nativeCode,
        boolean migrated,
        boolean reused) {}
