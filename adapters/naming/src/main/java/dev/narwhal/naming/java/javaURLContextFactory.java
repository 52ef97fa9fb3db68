package dev.narwhal.naming.java;

import dev.narwhal.naming.Namespaces;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;

/** Finds the context for {@code java:} names. The JDK gives the class its name. */
@SuppressWarnings("TypeName")
public final class javaURLContextFactory implements ObjectFactory {

    public javaURLContextFactory() {}

    @Override
    public Object getObjectInstance(
            @Nullable Object url, @Nullable Name name, @Nullable Context context, @Nullable Hashtable<?, ?> environment)
            throws NamingException {
        return url instanceof String text ? Namespaces.find(text) : Namespaces.current();
    }
}
