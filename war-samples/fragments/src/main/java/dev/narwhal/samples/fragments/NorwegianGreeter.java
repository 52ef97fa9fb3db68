package dev.narwhal.samples.fragments;

import dev.narwhal.samples.fragments.greetings.Language;

@Language("Norwegian")
public final class NorwegianGreeter extends PoliteGreeter {
    @Override
    String salutation() {
        return "God dag";
    }
}
