package dev.narwhal.undertow.deploy;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A filter of an application, which stays as it is once that has been initialized (Servlet 6.1, {@code FilterRegistration}). */
record RegisteredFilter(FilterRegistration.Dynamic undertows, StandardContext context)
        implements FilterRegistration.Dynamic {

    private void requireOpen() {
        context.requireOpen("filter", getName());
    }

    @Override
    public void addMappingForServletNames(
            @Nullable EnumSet<DispatcherType> types, boolean after, String @Nullable ... servlets) {
        requireOpen();
        undertows.addMappingForServletNames(types, after, Registrations.some("servlet name", getName(), servlets));
    }

    @Override
    public void addMappingForUrlPatterns(
            @Nullable EnumSet<DispatcherType> types, boolean after, String @Nullable ... urlPatterns) {
        requireOpen();
        undertows.addMappingForUrlPatterns(types, after, Registrations.some("URL pattern", getName(), urlPatterns));
    }

    @Override
    public boolean setInitParameter(@Nullable String name, @Nullable String value) {
        requireOpen();
        return Registrations.setInitParameter(undertows, name, value);
    }

    @Override
    public Set<String> setInitParameters(Map<String, String> parameters) {
        requireOpen();
        return Registrations.setInitParameters(undertows, parameters);
    }

    @Override
    public void setAsyncSupported(boolean asyncSupported) {
        requireOpen();
        undertows.setAsyncSupported(asyncSupported);
    }

    @Override
    public Collection<String> getServletNameMappings() {
        return ((StrictDeployment) context.getDeployment().getDeploymentInfo()).servletNames(getName());
    }

    @Override
    public Collection<String> getUrlPatternMappings() {
        return List.copyOf(undertows.getUrlPatternMappings());
    }

    @Override
    public String getName() {
        return undertows.getName();
    }

    @Override
    public @Nullable String getClassName() {
        return undertows.getClassName();
    }

    @Override
    public @Nullable String getInitParameter(String name) {
        return undertows.getInitParameter(name);
    }

    @Override
    public Map<String, String> getInitParameters() {
        return Map.copyOf(undertows.getInitParameters());
    }
}
