package dev.narwhal.samples.fragments;

import dev.narwhal.samples.fragments.greetings.Language;

/** No greeter, but it has a language. */
@Language("clicks and whistles")
final class Whale {}
