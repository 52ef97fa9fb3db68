package dev.narwhal.master.config;

/** Where a value was given; {@code toString} is what messages and {@code --print-config} show. */
public sealed interface Origin {

    /** The command line; {@code name} is the flag's long name, see {@link Setting#flag}. */
    record Flag(String name) implements Origin {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The environment. */
    record Variable(String name) implements Origin {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The configuration file, named as the operator named it. */
    record FileLine(String file, int line) implements Origin {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    /** Nobody gave it. */
    record Fallback() implements Origin {
        @Override
        public String toString() {
            return "default";
        }
    }
}
