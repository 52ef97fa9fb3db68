package dev.narwhal.harness;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Supplies {@link Narwhals} to tests and to methods that run before a class. The servers end with the test or class that
 * asked for them. When a test fails, their logs are printed.
 */
public final class NarwhalExtension
        implements ParameterResolver, TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {

    private static final Namespace NAMESPACE = Namespace.create(NarwhalExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Narwhals.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var narwhals = new Narwhals();
        // The key is unique to the context, so that a test gets servers of its own beside those of its class.
        context.getStore(NAMESPACE).put(context.getUniqueId(), narwhals);
        return narwhals;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        report(context, failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        report(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        report(context, failure);
    }

    private static void report(ExtensionContext context, Throwable failure) throws Throwable {
        if (!(failure instanceof TestAbortedException)) {
            print(context);
        }
        throw failure;
    }

    private static void print(ExtensionContext context) {
        var narwhals = context.getStore(NAMESPACE).get(context.getUniqueId(), Narwhals.class);
        if (narwhals != null) {
            System.out.println("==== servers of " + context.getDisplayName() + "\n" + narwhals.logs());
        }
        context.getParent().ifPresent(NarwhalExtension::print);
    }
}
