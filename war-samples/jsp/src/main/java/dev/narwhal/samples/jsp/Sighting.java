package dev.narwhal.samples.jsp;

/** A whale that was seen. Expressions read the components of a record like properties. */
public record Sighting(String place, int metres, boolean tusk) {}
