package dev.narwhal.migration;

import java.nio.charset.StandardCharsets;
import org.apache.tomcat.jakartaee.EESpecProfile;
import org.apache.tomcat.jakartaee.EESpecProfiles;

/** Which names change, and a quick look at whether a file has one. */
final class Names {

    /** What Tomcat provides, and so what it migrates: servlets, pages, EL, WebSocket, annotations, and mail, EJB, persistence. */
    static final EESpecProfile PROFILE = EESpecProfiles.TOMCAT;

    private static final byte[] START = "javax".getBytes(StandardCharsets.US_ASCII);

    /** As many characters as the longest name of the profile that has to be seen to know it. */
    private static final int LONGEST = 48;

    private Names() {}

    /** Whether {@link #PROFILE} would change something; reads bytes, for most files have nothing. */
    static boolean mayChange(byte[] bytes) {
        int last = bytes.length - START.length - 1;
        for (int i = 0; i <= last; i++) {
            if (bytes[i] == 'j' && isStart(bytes, i)) {
                var text = new String(bytes, i, Math.min(LONGEST, bytes.length - i), StandardCharsets.ISO_8859_1);
                if (PROFILE.getPattern().matcher(text).lookingAt()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isStart(byte[] bytes, int at) {
        byte after = bytes[at + START.length];
        return bytes[at + 1] == 'a'
                && bytes[at + 2] == 'v'
                && bytes[at + 3] == 'a'
                && bytes[at + 4] == 'x'
                && (after == '/' || after == '.');
    }

    /** The new name of a file, which is the old one for most. */
    static String convert(String name) {
        return PROFILE.convert(name);
    }
}
