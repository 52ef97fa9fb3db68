package dev.narwhal.wars;

import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;

/** A user's count and name, wherever the next request is served. */
@Named
@SessionScoped
public class Counter implements Serializable {

    private static final long serialVersionUID = 1L;

    private int count;
    private String name = "";

    @Inject
    private Greeter greeter;

    public int getCount() {
        return count;
    }

    public void up() {
        count++;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getGreeting() {
        return greeter.greet(name);
    }
}
