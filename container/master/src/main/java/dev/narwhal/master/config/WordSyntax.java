package dev.narwhal.master.config;

import java.util.ArrayList;
import java.util.List;

/** Several words in one text, separated by spaces, as a shell reads them: quotes keep spaces. */
final class WordSyntax {

    private WordSyntax() {}

    static Syntax<List<String>> of(String expected) {
        return new Syntax<>(expected, WordSyntax::split, WordSyntax::join);
    }

    private static String join(List<String> words) {
        return String.join(
                " ", words.stream().map(Syntax::mask).map(WordSyntax::quote).toList());
    }

    private static String quote(String word) {
        return word.chars().anyMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\'')
                ? "'" + word.replace("'", "'\"'\"'") + "'"
                : word;
    }

    private static List<String> split(String text) {
        var words = new ArrayList<String>();
        StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
                continue;
            }
            word = word == null ? new StringBuilder() : word;
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new BadValueException("the quote " + quote + " in " + text + " is not closed.");
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }
}
