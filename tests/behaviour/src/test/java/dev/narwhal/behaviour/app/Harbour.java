package dev.narwhal.behaviour.app;

/** A plain bean that an operator describes. */
public final class Harbour {

    private String name = "";
    private int depth;

    public void setName(String name) {
        this.name = name;
    }

    public void setDepth(int depth) {
        this.depth = depth;
    }

    @Override
    public String toString() {
        return name + " is " + depth + " m deep";
    }
}
