package dev.narwhal.behaviour.app;

import jakarta.el.ELContext;
import jakarta.el.ELResolver;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.jsp.JspFactory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers some expressions of pages itself, and imports a method into all of them. */
@WebListener
public final class Expressions implements ServletContextListener {

    /** A value with a component that is optional. */
    public record Fish(String name, int count) {

        public Optional<String> nickname() {
            return Optional.empty();
        }
    }

    /** Knows two names, of which one is that of an implicit object. */
    private static final class Resolver extends ELResolver {

        @Override
        public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
            if (base == null && ("shadowed".equals(property) || "param".equals(property))) {
                context.setPropertyResolved(true);
                return "resolver";
            }
            return null;
        }

        @Override
        public @Nullable Class<?> getType(ELContext context, @Nullable Object base, @Nullable Object property) {
            return null;
        }

        @Override
        public void setValue(
                ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {}

        @Override
        public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
            return true;
        }

        @Override
        public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
            return Object.class;
        }
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var pages = JspFactory.getDefaultFactory().getJspApplicationContext(event.getServletContext());
        pages.addELResolver(new Resolver());
        pages.addELContextListener(
                made -> made.getELContext().getImportHandler().importStatic("java.lang.Math.abs"));
    }

    /** What comes of adding a resolver now. */
    public static String late(ServletContext context) {
        try {
            JspFactory.getDefaultFactory().getJspApplicationContext(context).addELResolver(new Resolver());
            return "added";
        } catch (IllegalStateException e) {
            return "too late";
        }
    }
}
