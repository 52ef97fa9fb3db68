package dev.narwhal.master.config;

import java.util.List;

/** What {@link ConfigLoader} made of the sources. */
public sealed interface Loaded {

    /** Every setting's texts with their origins, for {@code --print-config}. */
    Givens givens();

    record Valid(Config config, Givens givens) implements Loaded {

        /** What an operator is shown of it. */
        public Effective effective() {
            return ConfigPrinter.print(givens);
        }
    }

    /**
     * Something is wrong.
     *
     * @param problems all of them, at least one, in the order: command line, environment, file, values, applications
     */
    record Refused(List<Problem> problems, Givens givens) implements Loaded {

        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
