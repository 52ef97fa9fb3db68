package dev.narwhal.samples.spring;

/**
 * @param worker pid of the process that greets
 */
record Greeting(String text, long worker) {
    static Greeting to(String name) {
        return new Greeting("Hello, " + name + "!", ProcessHandle.current().pid());
    }
}
