package dev.narwhal.behaviour.socket;

/** Where code runs. */
final class Here {

    private Here() {}

    /** {@code virtual}, {@code platform}, or what is wrong. */
    static String thread() {
        var thread = Thread.currentThread();
        if (!Here.class.getClassLoader().equals(thread.getContextClassLoader())) {
            return "context class loader " + thread.getContextClassLoader();
        }
        if (thread.getName().contains("I/O")) {
            return "I/O thread";
        }
        return thread.isVirtual() ? "virtual" : "platform";
    }
}
