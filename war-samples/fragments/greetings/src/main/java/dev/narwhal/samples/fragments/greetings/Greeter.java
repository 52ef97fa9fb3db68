package dev.narwhal.samples.fragments.greetings;

/** What the application implements, without registering it anywhere. Needs a constructor without parameters. */
public interface Greeter {
    String greet(String name);
}
