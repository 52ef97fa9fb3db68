package dev.narwhal.migration.app;

import java.beans.FeatureDescriptor;
import java.util.Collections;
import java.util.Iterator;
import javax.el.ELContext;
import javax.el.ELResolver;
import javax.el.MapELResolver;
import javax.servlet.jsp.JspException;
import org.jspecify.annotations.Nullable;

/** Calls what Pages 4 and EL 6 have removed; the test calls it by reflection when it is migrated. */
@SuppressWarnings("deprecation")
public final class CallingPages {

    private CallingPages() {}

    /** Overrides, and calls what it overrides. */
    public static class Odd extends JspException {
        private static final long serialVersionUID = 1L;

        public Odd(Throwable cause) {
            super("odd", cause);
        }

        @Override
        public Throwable getRootCause() {
            return new IllegalArgumentException("odd " + super.getRootCause().getMessage());
        }
    }

    /** Has something to tell. */
    public static class Telling extends MapELResolver {
        @Override
        public Iterator<FeatureDescriptor> getFeatureDescriptors(@Nullable ELContext context, @Nullable Object base) {
            return Collections.singleton(new FeatureDescriptor()).iterator();
        }
    }

    public static String causes() {
        var cause = new IllegalStateException("what");
        JspException odd = new Odd(cause);
        return new JspException("page", cause).getRootCause().getMessage() + " "
                + odd.getRootCause().getMessage();
    }

    public static String descriptors() {
        ELResolver telling = new Telling();
        return new MapELResolver().getFeatureDescriptors(null, null) + " "
                + telling.getFeatureDescriptors(null, null).hasNext();
    }
}
