package dev.narwhal.legacy;

import jakarta.el.ELContext;
import jakarta.el.ELResolver;
import jakarta.el.MethodExpression;
import jakarta.servlet.jsp.JspException;
import java.beans.FeatureDescriptor;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** {@link Defaults} for what Pages and EL removed. */
public final class PageDefaults {

    private PageDefaults() {}

    public static @Nullable Throwable getRootCause(JspException exception) {
        return exception.getCause();
    }

    public static boolean isParmetersProvided(MethodExpression expression) {
        return expression.isParametersProvided();
    }

    /** For tools that edit pages; null means nothing to tell, as it always has. */
    public static @Nullable Iterator<FeatureDescriptor> getFeatureDescriptors(
            ELResolver resolver, ELContext context, @Nullable Object base) {
        return null;
    }
}
