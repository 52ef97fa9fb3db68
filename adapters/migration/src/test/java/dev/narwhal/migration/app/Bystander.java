package dev.narwhal.migration.app;

/** Names the API in texts only. */
public class Bystander {
    public String attribute() {
        return "javax.servlet.error.exception and Ljavax/servlet/Servlet and javax/servlet/Servlet";
    }
}
