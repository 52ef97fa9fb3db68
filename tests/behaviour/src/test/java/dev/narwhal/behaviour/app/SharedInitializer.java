package dev.narwhal.behaviour.app;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.servlet.http.HttpFilter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lies in a library that applications share. */
@HandlesTypes(HttpFilter.class)
public final class SharedInitializer implements ServletContainerInitializer {

    @Override
    public void onStartup(@Nullable Set<Class<?>> filters, ServletContext context) {
        context.setAttribute("shared", String.valueOf(filters));
    }
}
