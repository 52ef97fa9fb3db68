package dev.narwhal.worker.check;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Families of classes that applications count on and that Narwhal does not provide. The first that fits a class is its family. */
enum Api {
    EJB(
            "Enterprise Beans",
            "Narwhal has no EJB container; use a full application server, or plain classes.",
            "jakarta.ejb.",
            "javax.ejb."),
    TRANSACTIONS(
            "Jakarta Transactions (UserTransaction)",
            "Narwhal has no transaction manager; put one and its API into the WAR.",
            "jakarta.transaction.",
            "javax.transaction."),
    PERSISTENCE(
            "Jakarta Persistence",
            "Put the API and an implementation such as Hibernate or EclipseLink into WEB-INF/lib.",
            "jakarta.persistence.",
            "javax.persistence."),
    MESSAGING(
            "Jakarta Messaging",
            "Put the API and the broker's client into WEB-INF/lib.",
            "jakarta.jms.",
            "javax.jms.",
            "jakarta.resource.",
            "javax.resource."),
    INJECTION(
            "Contexts and Dependency Injection",
            "Put Weld or OpenWebBeans into WEB-INF/lib.",
            "jakarta.enterprise.",
            "jakarta.inject.",
            "jakarta.interceptor.",
            "jakarta.decorator.",
            "javax.enterprise.",
            "javax.inject.",
            "javax.interceptor."),
    FACES("Jakarta Faces", "Put Mojarra or MyFaces into WEB-INF/lib.", "jakarta.faces.", "javax.faces."),
    REST("Jakarta RESTful Web Services", "Put Jersey or RESTEasy into WEB-INF/lib.", "jakarta.ws.rs.", "javax.ws.rs."),
    WEB_SERVICES(
            "XML Web Services and Binding",
            "They are no part of the JDK any more; put their APIs and an implementation into WEB-INF/lib.",
            "jakarta.xml.",
            "jakarta.jws.",
            "javax.xml.bind.",
            "javax.xml.ws.",
            "javax.xml.soap.",
            "javax.jws.",
            "javax.activation.",
            "jakarta.activation."),
    MAIL("Jakarta Mail", "Put Angus Mail into WEB-INF/lib or --lib.", "jakarta.mail.", "javax.mail."),
    OLD_SERVLETS(
            "the javax.servlet APIs",
            "Let Narwhal migrate the WAR (no --no-migrate), or use the jakarta version of the library.",
            "javax.servlet.",
            "javax.el.",
            "javax.websocket.",
            "javax.annotation."),
    JAKARTA(
            "an API of Jakarta EE",
            "Narwhal provides Servlet, Pages, Expression Language, WebSocket and Annotations; put the others into WEB-INF/lib.",
            "jakarta."),
    TOMCAT(
            "Tomcat's internals",
            "They are not there; use the Servlet API, or what of it stands alone (tomcat-jdbc, a filter of another library).",
            "org.apache.catalina.",
            "org.apache.coyote.",
            "org.apache.tomcat.",
            "org.apache.naming."),
    JETTY("Jetty's internals", "They are not there; use the Servlet API.", "org.eclipse.jetty."),
    UNDERTOW(
            "Undertow's or JBoss's internals",
            "The server's own libraries are hidden; use the Servlet API, or bring the library.",
            "io.undertow.",
            "org.xnio.",
            "org.jboss."),
    SERVERS(
            "the internals of another application server",
            "They are not there; use the Servlet API.",
            "weblogic.",
            "com.ibm.websphere.",
            "com.ibm.ws.",
            "com.sun.enterprise.",
            "org.glassfish.enterprise."),
    JDK(
            "classes that the JDK has no more",
            "Use their replacement, or a library that brings them.",
            "java.",
            "javax.",
            "sun.",
            "com.sun.",
            "jdk.");

    private final String title;
    private final String remedy;
    private final Pattern classes;

    Api(String title, String remedy, String... packages) {
        this.title = title;
        this.remedy = remedy;
        this.classes = Pattern.compile(Stream.of(packages).map(Pattern::quote).collect(Collectors.joining("|")));
    }

    String title() {
        return title;
    }

    String remedy() {
        return remedy;
    }

    static Optional<Api> of(String className) {
        for (var api : values()) {
            if (api.classes.matcher(className).lookingAt()) {
                return Optional.of(api);
            }
        }
        return Optional.empty();
    }
}
