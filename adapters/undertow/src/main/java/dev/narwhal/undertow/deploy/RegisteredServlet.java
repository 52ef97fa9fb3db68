package dev.narwhal.undertow.deploy;

import dev.narwhal.worker.war.WebApp;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A servlet of an application, which stays as it is once that has been initialized (Servlet 6.1, {@code ServletRegistration}). */
record RegisteredServlet(ServletRegistration.Dynamic undertows, StandardContext context)
        implements ServletRegistration.Dynamic {

    private static final String ANY_OTHER = "/";

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

    /** With what the server's own servlet is mapped to as long as no other is (Servlet 6.1 §12.2). */
    @Override
    public Collection<String> getMappings() {
        var mappings = new LinkedHashSet<>(undertows.getMappings());
        if (getName().equals(WebApp.DEFAULT_SERVLET) && isServersDefault()) {
            mappings.add(ANY_OTHER);
        }
        return List.copyOf(mappings);
    }

    private boolean isServersDefault() {
        var servlets = context.getDeployment().getDeploymentInfo().getServlets();
        var named = servlets.get(getName());
        return named != null
                && StaticFiles.class.equals(named.getServletClass())
                && servlets.values().stream()
                        .noneMatch(servlet -> servlet.getMappings().contains(ANY_OTHER));
    }

    @Override
    public @Nullable String getRunAsRole() {
        return undertows.getRunAsRole();
    }

    @Override
    public String getName() {
        return undertows.getName();
    }

    /**
     * Applications load the class of each servlet, to see whether it is one of theirs. For a servlet of the server that is the
     * nearest class that it extends and that they can load: {@code HttpServlet}.
     */
    @Override
    public @Nullable String getClassName() {
        var application = context.getDeployment().getDeploymentInfo().getClassLoader();
        @Nullable
        Class<?> type = context.getDeployment()
                .getServlets()
                .getManagedServlet(getName())
                .getServletInfo()
                .getServletClass();
        while (type != null && isServers(type) && !loads(application, type)) {
            type = type.getSuperclass();
        }
        return type == null || !isServers(type) ? undertows.getClassName() : type.getName();
    }

    private static boolean isServers(Class<?> type) {
        return StandardContext.class.getClassLoader().equals(type.getClassLoader());
    }

    private static boolean loads(ClassLoader application, Class<?> type) {
        try {
            return application.loadClass(type.getName()).equals(type);
        } catch (ClassNotFoundException _) {
            return false;
        }
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
