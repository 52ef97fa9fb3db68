package dev.narwhal.master.config;

/**
 * Something wrong in the configuration.
 *
 * @param source where it was given: {@code --workers}, {@code NARWHAL_WORKERS}, {@code narwhal.toml:12}
 * @param text what was found and what to do, in sentences
 */
public record Problem(String source, String text) {

    @Override
    public String toString() {
        return source + ": " + text;
    }
}
