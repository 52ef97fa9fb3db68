package dev.narwhal.samples.fragments;

import dev.narwhal.samples.fragments.greetings.Greeter;

/** A class between the interface and {@link NorwegianGreeter}: the container finds both. */
abstract class PoliteGreeter implements Greeter {
    abstract String salutation();

    @Override
    public String greet(String name) {
        return salutation() + ", " + name + "!";
    }
}
