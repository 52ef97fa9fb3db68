package dev.narwhal.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Unix signals, which are how an operator talks to the master and the master to its workers. The only class with {@code sun.misc.Signal}, which has no successor in the JDK;
 * by reflection, because javac warns of every mention of it and offers no way to suppress that.
 *
 * <p>QUIT is not among them, it stays the JVM's thread dump. A signal that this process was started to ignore, as by {@code nohup},
 * stays ignored: the JVM sees to that for HUP, INT and TERM.
 */
public final class Signals implements AutoCloseable {

    private final Class<?> signalType;
    private final Class<?> handlerType;
    private final Map<Object, Object> before = new LinkedHashMap<>();

    private Signals() throws ReflectiveOperationException {
        signalType = Class.forName("sun.misc.Signal");
        handlerType = Class.forName("sun.misc.SignalHandler");
    }

    /**
     * From now on each signal runs its action, on a thread of the JVM's that belongs to this one delivery; so actions only
     * enqueue, and two signals sent in a row may arrive in either order.
     *
     * @param actions by name without {@code SIG}: HUP INT TERM TTIN TTOU USR1 USR2 WINCH
     * @throws IllegalArgumentException when the JVM does not give a signal away, as with {@code -Xrs}; none is taken then
     */
    public static Signals install(Map<String, Runnable> actions) {
        try {
            var signals = new Signals();
            try {
                for (var action : actions.entrySet()) {
                    signals.take(action.getKey(), action.getValue());
                }
                return signals;
            } catch (IllegalArgumentException e) {
                signals.close();
                throw e;
            }
        } catch (ReflectiveOperationException e) {
            throw unsupported(e);
        }
    }

    private void take(String name, Runnable action) throws ReflectiveOperationException {
        try {
            var signal = signalType.getConstructor(String.class).newInstance(name);
            var handler =
                    Proxy.newProxyInstance(signalType.getClassLoader(), new Class<?>[] {handlerType}, (_, _, _) -> {
                        action.run();
                        return null;
                    });
            before.put(signal, handle(signal, handler));
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "handling SIG%s: %s. Start the JVM without -Xrs."
                            .formatted(name, e.getTargetException().getMessage()),
                    e);
        }
    }

    private Object handle(Object signal, Object handler) throws ReflectiveOperationException {
        return signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
    }

    /** Gives the signals back to whoever had them. */
    @Override
    public void close() {
        try {
            for (var old : before.entrySet()) {
                handle(old.getKey(), old.getValue());
            }
        } catch (ReflectiveOperationException e) {
            throw unsupported(e);
        }
        before.clear();
    }

    private static IllegalStateException unsupported(ReflectiveOperationException e) {
        return new IllegalStateException("handling signals: this JDK has no sun.misc.Signal. Use a JDK 25.", e);
    }
}
