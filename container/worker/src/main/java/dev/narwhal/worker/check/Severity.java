package dev.narwhal.worker.check;

/** How grave a finding is, in the order of the report. */
public enum Severity {
    /** Will fail. */
    PROBLEM("Will not work"),
    /** May fail, or does something else than the author meant. */
    WARNING("May not work"),
    /** Works; can be better. */
    ADVICE("Worth knowing"),
    /** Was tried, and works. */
    WORKS("Works");

    private final String title;

    Severity(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
