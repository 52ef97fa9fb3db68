package dev.narwhal.worker.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Java serialization with the classes of one loader, but for {@link Plain} values. What is read passes a filter, beside the JVM's own if there is
 * one.
 */
public final class JavaSerialization implements Marshaller {

    /** Far more than a session should hold, far less than it takes to stop a worker. */
    private static final String LIMITS = "maxdepth=1000;maxrefs=10000000;maxarray=67108864;maxbytes=268435456";

    private static final int FIRST_BYTES = 256;

    private final ClassLoader classLoader;
    /** Values that every application has; none of them runs code of another class when it is read, but through such a class. */
    private static final String JDK_VALUES =
            "java.lang.*;java.math.*;java.net.URI;java.time.**;java.util.*;java.util.concurrent.**";

    private final ObjectInputFilter filter;

    /**
     * @param classLoader finds the classes
     * @param patterns which of them may be read, as for {@code jdk.serialFilter}; empty for all
     */
    public JavaSerialization(ClassLoader classLoader, String patterns) {
        this.classLoader = classLoader;
        // Two filters: a limit among the patterns cannot take one of ours away.
        var own = ObjectInputFilter.Config.createFilter(LIMITS);
        if (!patterns.isEmpty()) {
            own = ObjectInputFilter.merge(ObjectInputFilter.Config.createFilter(patterns), own);
        }
        var jvm = ObjectInputFilter.Config.getSerialFilter();
        this.filter = jvm == null ? own : ObjectInputFilter.merge(own, jvm);
    }

    /**
     * Allows these classes and the JDK's values, and no other.
     *
     * @param allow patterns as for {@code jdk.serialFilter}; none for all classes
     */
    public static JavaSerialization allowing(ClassLoader classLoader, List<String> allow) {
        return new JavaSerialization(
                classLoader, allow.isEmpty() ? "" : String.join(";", allow) + ";" + JDK_VALUES + ";!*");
    }

    @Override
    public Serialized write(String attribute, Object value) throws IOException {
        var plain = Plain.write(value);
        if (plain.isPresent()) {
            return plain.get();
        }
        var bytes = new ByteArrayOutputStream(FIRST_BYTES);
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return Serialized.of(bytes.toByteArray());
    }

    @Override
    public Object read(String attribute, Serialized value) throws IOException, ClassNotFoundException {
        var plain = Plain.read(value);
        if (plain.isPresent()) {
            return plain.get();
        }
        try (var in = new Input(new ByteArrayInputStream(value.bytes()))) {
            var refused = new Refused(filter);
            in.setObjectInputFilter(refused);
            try {
                return in.readObject();
            } catch (InvalidClassException e) {
                throw refused.by == null
                        ? e
                        : new InvalidClassException(refused.by.getName(), "reading it is not allowed");
            }
        }
    }

    /** Remembers the class that the JDK's exception does not name. */
    private static final class Refused implements ObjectInputFilter {

        private final ObjectInputFilter filter;
        private @Nullable Class<?> by;

        private Refused(ObjectInputFilter filter) {
            this.filter = filter;
        }

        @Override
        public Status checkInput(FilterInfo info) {
            var status = filter.checkInput(info);
            if (status == Status.REJECTED) {
                by = info.serialClass();
            }
            return status;
        }
    }

    private final class Input extends ObjectInputStream {

        private Input(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, classLoader);
            } catch (ClassNotFoundException e) {
                if (description.getName().indexOf('.') < 0) {
                    return super.resolveClass(description); // int, long ...
                }
                throw e;
            }
        }

        @Override
        protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
            var interfaces = new Class<?>[names.length];
            for (int i = 0; i < names.length; i++) {
                interfaces[i] = Class.forName(names[i], false, classLoader);
            }
            try {
                return Proxy.newProxyInstance(classLoader, interfaces, (_, _, _) -> null)
                        .getClass();
            } catch (IllegalArgumentException e) {
                throw new ClassNotFoundException("no proxy for " + String.join(", ", names), e);
            }
        }
    }
}
