package dev.narwhal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BootWatchTest {

    private static final StackTraceElement WAITING = frame("app", "java.util.concurrent.CountDownLatch", "await");
    private static final StackTraceElement DEEPER = frame("webapp", "shop.Stock", "load");
    private static final StackTraceElement DEPLOYING =
            frame("app", "io.undertow.servlet.core.DeploymentManagerImpl", "deploy");

    /** The outermost frame of the application is what the server has called; who has called it says what it is. */
    @ParameterizedTest
    @CsvSource({
        "shop.Start, onStartup, DeploymentManagerImpl$1, the initializer",
        "shop.Listener, contextInitialized, ApplicationListeners, the listener",
        "shop.Listener, <init>, ManagedListener, the constructor of",
        "shop.Listener, <clinit>, ManagedListener, the static initializer of",
        "shop.Gate, init, ManagedFilter, the init method of the filter",
        "shop.Gate, <init>, ManagedFilter, the constructor of",
        "shop.Till, init, ManagedServlet, the init method of the servlet",
        "shop.Till, warmUp, dev.narwhal.naming.Injector, the @PostConstruct method",
        "shop.Till, setStock, dev.narwhal.naming.Target, the setter",
        "shop.Till, whatever, Other, the application in"
    })
    void what_has_not_returned_is_named(String type, String method, String caller, String told) {
        var callers = caller.contains(".")
                ? List.of(
                        frame("app", caller, "call"), frame("app", "io.undertow.servlet.core.ManagedServlet", "start"))
                : List.of(frame("app", "io.undertow.servlet.core." + caller, "call"));
        var stack = new ArrayList<>(List.of(WAITING, DEEPER, frame("webapp", type, method)));
        stack.addAll(callers);
        stack.add(DEPLOYING);

        assertThat(BootWatch.describe(stack))
                .contains(
                        ": " + told + " " + type + "." + method + " has not returned. It is at ",
                        "CountDownLatch.await",
                        "shop.Stock.load");
    }

    @Test
    void without_the_application_it_is_the_server() {
        assertThat(BootWatch.describe(List.of(WAITING, DEPLOYING))).contains(": the server itself has not returned");
    }

    private static StackTraceElement frame(String loader, String type, String method) {
        return new StackTraceElement(loader, null, null, type, method, null, -1);
    }
}
