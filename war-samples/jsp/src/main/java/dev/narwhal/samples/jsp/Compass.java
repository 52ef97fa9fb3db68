package dev.narwhal.samples.jsp;

import java.util.List;

/** A function for expressions: {@code ${arctic:compass(90)}} is {@code E}. */
public final class Compass {

    private static final List<String> POINTS = List.of("N", "NE", "E", "SE", "S", "SW", "W", "NW");

    private Compass() {}

    public static String point(int degrees) {
        return POINTS.get(Math.floorMod(Math.round(degrees / 45f), POINTS.size()));
    }
}
