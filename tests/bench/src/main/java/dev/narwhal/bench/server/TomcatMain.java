package dev.narwhal.bench.server;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Tomcat as a user would run it who has read its documentation; ends with its standard input. */
public final class TomcatMain {

    private TomcatMain() {}

    /** Arguments: {@code platform} or {@code virtual}, and the directory of the web application. */
    public static void main(String[] args) throws IOException, LifecycleException {
        var war = Path.of(args[1]);
        var connector = new Connector();
        connector.setPort(0);
        set(connector, "address", "127.0.0.1");
        // Its default of 100 requests would make clients reconnect all the time. Narwhal has no such limit.
        set(connector, "maxKeepAliveRequests", "-1");
        set(connector, "useVirtualThreads", Boolean.toString(args[0].equals("virtual")));

        var tomcat = new Tomcat();
        tomcat.setBaseDir(Temporary.directory("narwhal-bench-tomcat").toString());
        tomcat.setConnector(connector);
        var app = tomcat.addWebapp("", war.toString());
        tomcat.start();
        if (!app.getState().isAvailable()) {
            throw new LifecycleException("starting " + war + " in Tomcat failed; its log above says why");
        }
        System.out.println("serving " + war + " at http://127.0.0.1:" + connector.getLocalPort() + "/");
        while (System.in.read() >= 0) {
            // only the end of the input says something
        }
        tomcat.stop();
        tomcat.destroy();
    }

    private static void set(Connector connector, String name, String value) {
        if (!connector.setProperty(name, value)) {
            throw new IllegalArgumentException("setting " + name + " of Tomcat's connector: no such attribute");
        }
    }
}
