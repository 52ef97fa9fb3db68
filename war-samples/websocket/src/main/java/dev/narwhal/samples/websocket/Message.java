package dev.narwhal.samples.websocket;

/** Somebody says something. */
record Message(String from, String text) {}
