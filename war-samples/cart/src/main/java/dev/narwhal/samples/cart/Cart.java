package dev.narwhal.samples.cart;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a visitor has chosen, and which workers have put it there. Requests of one visitor may come at once. */
final class Cart implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_ITEMS = 100;

    /** An item and the worker that was asked for it. */
    record Item(String name, long worker) implements Serializable {}

    private final ArrayList<Item> items = new ArrayList<>();

    synchronized void add(String name, long worker) {
        if (items.size() < MOST_ITEMS) {
            items.add(new Item(name, worker));
        }
    }

    synchronized List<Item> items() {
        return Collections.unmodifiableList(new ArrayList<>(items));
    }
}
