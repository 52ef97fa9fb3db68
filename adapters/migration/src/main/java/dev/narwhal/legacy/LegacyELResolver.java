package dev.narwhal.legacy;

import jakarta.el.ELContext;
import java.beans.FeatureDescriptor;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Added to the application's own resolvers. */
public interface LegacyELResolver {

    default @Nullable Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
        return null;
    }
}
