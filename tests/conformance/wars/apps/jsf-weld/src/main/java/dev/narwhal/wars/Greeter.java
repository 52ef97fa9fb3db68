package dev.narwhal.wars;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class Greeter {

    private String greeting;

    @PostConstruct
    void init() {
        greeting = "Hello";
    }

    public String greet(String name) {
        return greeting + " " + name;
    }
}
