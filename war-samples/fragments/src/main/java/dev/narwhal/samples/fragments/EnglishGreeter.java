package dev.narwhal.samples.fragments;

import dev.narwhal.samples.fragments.greetings.Greeter;

public final class EnglishGreeter implements Greeter {
    @Override
    public String greet(String name) {
        return "Hello, " + name + "!";
    }
}
