package dev.narwhal.master.process;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words as a POSIX shell does: at blanks outside quotes; {@code '…'} is literal, in {@code "…"} a backslash protects
 * a quote or a backslash, elsewhere any character. Nothing is expanded.
 */
public final class ShellWords {

    private static final char NONE = 0;

    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private char quote = NONE;

    private ShellWords() {}

    /**
     * Splits.
     *
     * @throws IllegalArgumentException when a quote is not closed, with a sentence for the operator
     */
    public static List<String> split(String line) {
        return new ShellWords().read(line);
    }

    private List<String> read(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < line.length() && protects(line.charAt(i + 1))) {
                i++;
                add(line.charAt(i));
            } else if (quote != NONE) {
                inQuotes(c);
            } else {
                outsideQuotes(c);
            }
        }
        if (quote != NONE) {
            throw new IllegalArgumentException(
                    "splitting '%s' into words: the quote %s is not closed. Add the closing quote."
                            .formatted(line, quote));
        }
        endWord();
        return List.copyOf(words);
    }

    private boolean protects(char next) {
        return quote == NONE || next == '"' || next == '\\';
    }

    private void inQuotes(char c) {
        if (c == quote) {
            quote = NONE;
        } else {
            add(c);
        }
    }

    private void outsideQuotes(char c) {
        if (c == '\'' || c == '"') {
            quote = c;
            inWord = true; // '' is a word too
        } else if (Character.isWhitespace(c)) {
            endWord();
        } else {
            add(c);
        }
    }

    private void add(char c) {
        word.append(c);
        inWord = true;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
