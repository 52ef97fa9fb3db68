package dev.narwhal.undertow.deploy;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A servlet of an application, which stays as it is once that has been initialized (Servlet 6.1, {@code ServletRegistration}). */
record RegisteredServlet(ServletRegistration.Dynamic undertows, StandardContext context)
        implements ServletRegistration.Dynamic {

    private void requireOpen() {
        context.requireOpen("servlet", getName());
    }

    @Override
    public Set<String> addMapping(String @Nullable ... urlPatterns) {
        requireOpen();
        return undertows.addMapping(Registrations.patterns(getName(), urlPatterns));
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
    public void setLoadOnStartup(int loadOnStartup) {
        requireOpen();
        undertows.setLoadOnStartup(loadOnStartup);
    }

    @Override
    public void setAsyncSupported(boolean asyncSupported) {
        requireOpen();
        undertows.setAsyncSupported(asyncSupported);
    }

    @Override
    public Set<String> setServletSecurity(@Nullable ServletSecurityElement constraint) {
        requireOpen();
        return undertows.setServletSecurity(Registrations.given("constraint", getName(), constraint));
    }

    @Override
    public void setMultipartConfig(@Nullable MultipartConfigElement multipart) {
        requireOpen();
        undertows.setMultipartConfig(Registrations.given("multipart configuration", getName(), multipart));
    }

    @Override
    public void setRunAsRole(@Nullable String role) {
        requireOpen();
        undertows.setRunAsRole(Registrations.given("role", getName(), role));
    }

    @Override
    public Collection<String> getMappings() {
        return List.copyOf(undertows.getMappings());
    }

    @Override
    public @Nullable String getRunAsRole() {
        return undertows.getRunAsRole();
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
