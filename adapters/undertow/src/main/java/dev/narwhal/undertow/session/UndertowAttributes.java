package dev.narwhal.undertow.session;

import dev.narwhal.worker.session.JavaSerialization;
import dev.narwhal.worker.session.Marshaller;
import dev.narwhal.worker.session.Serialized;
import io.undertow.security.api.AuthenticatedSessionManager.AuthenticatedSession;
import io.undertow.servlet.spec.HttpSessionImpl;
import java.io.IOException;
import java.util.List;

/**
 * The application's attributes with its own classes, and Undertow's, which applications never see: who is logged in, the request to go on with
 * after a login.
 */
final class UndertowAttributes implements Marshaller {

    private static final String OWN_CLASSES = "io.undertow.servlet.util.SavedRequest;io.undertow.util.HttpString;"
            + "dev.narwhal.undertow.session.SavedLogin;java.lang.*;java.util.*;!*";

    private final Marshaller application;
    private final Marshaller own = new JavaSerialization(UndertowAttributes.class.getClassLoader(), OWN_CLASSES);

    /** @param allow which classes of the application may be read, as for {@code jdk.serialFilter}; none for all */
    UndertowAttributes(ClassLoader classLoader, List<String> allow) {
        application = JavaSerialization.allowing(classLoader, allow);
    }

    private static boolean isOwn(String attribute) {
        return attribute.startsWith(HttpSessionImpl.IO_UNDERTOW);
    }

    @Override
    public Serialized write(String attribute, Object value) throws IOException {
        if (!isOwn(attribute)) {
            return application.write(attribute, value);
        }
        return own.write(attribute, value instanceof AuthenticatedSession login ? SavedLogin.of(login) : value);
    }

    @Override
    public Object read(String attribute, Serialized value) throws IOException, ClassNotFoundException {
        if (!isOwn(attribute)) {
            return application.read(attribute, value);
        }
        var read = own.read(attribute, value);
        return read instanceof SavedLogin login ? login.restore() : read;
    }
}
