package dev.narwhal.legacy;

import jakarta.el.ELContext;
import jakarta.el.ELResolver;
import jakarta.el.MethodExpression;
import jakarta.servlet.jsp.JspException;
import java.beans.FeatureDescriptor;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** {@link Calls} for what Pages and EL removed. */
public final class PageCalls {

    private PageCalls() {}

    public static @Nullable Throwable getRootCause(JspException exception) {
        return exception instanceof LegacyJspException legacy
                ? legacy.getRootCause()
                : PageDefaults.getRootCause(exception);
    }

    public static boolean isParmetersProvided(MethodExpression expression) {
        return expression instanceof LegacyMethodExpression legacy
                ? legacy.isParmetersProvided()
                : PageDefaults.isParmetersProvided(expression);
    }

    public static @Nullable Iterator<FeatureDescriptor> getFeatureDescriptors(
            ELResolver resolver, ELContext context, @Nullable Object base) {
        return resolver instanceof LegacyELResolver legacy
                ? legacy.getFeatureDescriptors(context, base)
                : PageDefaults.getFeatureDescriptors(resolver, context, base);
    }
}
