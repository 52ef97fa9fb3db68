package dev.narwhal.naming.java;

import dev.narwhal.naming.Namespaces;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.jspecify.annotations.Nullable;

/** The initial context where the application does not choose another one: the names below {@code java:}. */
public final class InitialContexts implements InitialContextFactory {

    public InitialContexts() {}

    @Override
    public Context getInitialContext(@Nullable Hashtable<?, ?> environment) throws NamingException {
        return Namespaces.current();
    }
}
