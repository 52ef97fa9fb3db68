package dev.narwhal.worker.feature;

import dev.narwhal.worker.war.PreparedApp;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Compiles the pages of a prepared application before anybody asks for them. Found by {@link java.util.ServiceLoader}. */
public interface Pages {

    /**
     * What came of it.
     *
     * @param pages how many there are
     * @param failed how many of them cannot be compiled
     * @param problems each once, however many pages have it
     */
    record Outcome(int pages, int failed, List<Problem> problems) {

        public Outcome {
            problems = List.copyOf(problems);
        }
    }

    /**
     * One thing that is wrong with a page.
     *
     * @param file the path from the document root
     * @param line 0 if unknown
     * @param message in one line
     * @param excerpt the source around the line, with line numbers; empty if there is none
     */
    record Problem(String file, int line, String message, List<String> excerpt) {

        public Problem {
            excerpt = List.copyOf(excerpt);
        }

        /** {@code /index.jsp:3: what is wrong}. */
        public String text() {
            return file + (line > 0 ? ":" + line : "") + ": " + message;
        }
    }

    /**
     * Compiles all pages, also after one that cannot be; those that are compiled already are not compiled again. No code of the application
     * runs but what Jasper needs of its tag libraries.
     *
     * @param classLoader of the application
     * @param progress told each page's path
     */
    Outcome compile(PreparedApp app, ClassLoader classLoader, Consumer<String> progress) throws IOException;
}
