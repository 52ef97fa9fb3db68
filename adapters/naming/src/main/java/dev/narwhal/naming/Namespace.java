package dev.narwhal.naming;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.naming.Binding;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NameClassPair;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.NotContextException;
import javax.naming.OperationNotSupportedException;
import org.eclipse.jetty.jndi.BindingEnumeration;
import org.eclipse.jetty.jndi.NameEnumeration;
import org.eclipse.jetty.jndi.NamingContext;
import org.eclipse.jetty.jndi.java.javaNameParser;
import org.jspecify.annotations.Nullable;

/**
 * The names below {@code java:} of one application. Written while the application is prepared, {@link #seal sealed} before any of its code
 * runs, and from then on read by any thread; a context that is looked up is the context itself and read-only too.
 */
// The superclass has raw enumerations; nothing here is deserialized, for all bindings are objects of this process.
@SuppressWarnings({"unchecked", "BanJNDI"})
final class Namespace extends NamingContext {

    static final String SCHEME = "java:";

    private static final String TOLD = "looking up ";

    /** Names that applications of full Jakarta EE servers look for. */
    private static final Map<String, String> ABSENT = Map.of(
            "comp/UserTransaction", "Narwhal has no transaction manager",
            "comp/TransactionManager", "Narwhal has no transaction manager",
            "comp/TransactionSynchronizationRegistry", "Narwhal has no transaction manager",
            "comp/BeanManager", "Narwhal has no CDI of its own; Weld and OpenWebBeans come with the application",
            "comp/Validator", "Narwhal has no Bean Validation of its own; it comes with the application",
            "comp/ValidatorFactory", "Narwhal has no Bean Validation of its own; it comes with the application",
            "comp/DefaultDataSource", "Narwhal has no default data source");

    private final @Nullable Namespace above;
    private volatile boolean sealed;

    Namespace() {
        super(null, null, null, new javaNameParser());
        this.above = null;
    }

    private Namespace(String name, Namespace above) {
        super(null, name, above, new javaNameParser());
        this.above = above;
    }

    /**
     * Binds an object, making the contexts above it.
     *
     * @param path from the root: {@code comp/env/jdbc/orders}
     */
    void put(String path, Object object) {
        int slash = path.indexOf('/');
        if (slash >= 0) {
            context(path.substring(0, slash)).put(path.substring(slash + 1), object);
        } else {
            _bindings.put(path, new Binding(path, object));
        }
    }

    /** The context of that name, which has no slash; what else had the name gives way. */
    Namespace context(String name) {
        var binding = _bindings.get(name);
        if (binding != null && binding.getObject() instanceof Namespace namespace) {
            return namespace;
        }
        var namespace = new Namespace(name, this);
        _bindings.put(name, new Binding(name, namespace));
        return namespace;
    }

    boolean has(String path) {
        int slash = path.indexOf('/');
        var binding = _bindings.get(slash < 0 ? path : path.substring(0, slash));
        return binding != null
                && (slash < 0
                        || (binding.getObject() instanceof Namespace namespace
                                && namespace.has(path.substring(slash + 1))));
    }

    /** What has that path from here. */
    Object find(String path) throws NamingException {
        return lookup(path);
    }

    /** Makes it read-only, with all below it. */
    void seal() {
        sealed = true;
    }

    @Override
    public boolean isLocked() {
        return above == null ? sealed : above.isLocked();
    }

    /** What an empty name gives; a copy would not be locked. */
    @Override
    public Context shallowCopy(@Nullable Hashtable<String, Object> environment) {
        return this;
    }

    @Override
    public void destroySubcontext(String name) throws NamingException {
        throw new OperationNotSupportedException("This context is immutable");
    }

    @Override
    public void destroySubcontext(Name name) throws NamingException {
        throw new OperationNotSupportedException("This context is immutable");
    }

    @Override
    public @Nullable Binding getBinding(Name name) {
        return getBinding(name.toString());
    }

    @Override
    public @Nullable Binding getBinding(String name) {
        return above == null && name.equals(SCHEME)
                ? new Binding(name, this) // java:/comp
                : super.getBinding(withoutScheme(name));
    }

    private String withoutScheme(String name) {
        return above == null && name.startsWith(SCHEME) ? name.substring(SCHEME.length()) : name;
    }

    @Override
    public Object lookup(Name name) throws NamingException {
        if (isEmpty(name)) {
            return this;
        }
        try {
            var found = super.lookup(name);
            return found instanceof Provided provided ? provided.get() : found;
        } catch (NameNotFoundException e) {
            throw isTold(e) ? e : missing(fullName(name));
        }
    }

    private boolean isEmpty(Name name) {
        return name.isEmpty() || withoutScheme(name.toString()).isEmpty();
    }

    private String fullName(Name name) throws NamingException {
        var here = getNameInNamespace();
        return here.isEmpty() ? withoutScheme(name.toString()) : here + "/" + name;
    }

    @Override
    public NamingEnumeration<NameClassPair> list(Name name) throws NamingException {
        if (!isEmpty(name)) {
            return context(name).list("");
        }
        var pairs = new ArrayList<Binding>();
        for (var binding : inOrder()) {
            var type = binding.getObject() instanceof Provided provided ? provided.type() : binding.getClassName();
            pairs.add(new Binding(binding.getName(), type, null));
        }
        return new NameEnumeration(pairs.iterator());
    }

    @Override
    public NamingEnumeration<Binding> listBindings(Name name) throws NamingException {
        if (!isEmpty(name)) {
            return context(name).listBindings("");
        }
        var bindings = new ArrayList<Binding>();
        for (var binding : inOrder()) {
            var object = binding.getObject() instanceof Provided provided ? provided.get() : binding.getObject();
            bindings.add(new Binding(binding.getName(), object));
        }
        return new BindingEnumeration(bindings.iterator());
    }

    private Namespace context(Name name) throws NamingException {
        if (lookup(name) instanceof Namespace namespace) {
            return namespace;
        }
        throw new NotContextException(SCHEME + fullName(name) + " is not a context");
    }

    private List<Binding> inOrder() {
        return _bindings.values().stream()
                .sorted(Comparator.comparing(Binding::getName))
                .toList();
    }

    /** Says the whole name, whichever context was asked. */
    private static NameNotFoundException missing(String name) {
        return new NameNotFoundException(
                TOLD + SCHEME + name + ": " + ABSENT.getOrDefault(name, "nothing has this name") + ".");
    }

    private static boolean isTold(NameNotFoundException e) {
        return e.getMessage() != null && e.getMessage().startsWith(TOLD);
    }
}
