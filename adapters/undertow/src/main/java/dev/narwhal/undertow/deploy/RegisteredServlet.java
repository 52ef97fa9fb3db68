package dev.narwhal.undertow.deploy;

import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.api.ServletSecurityInfo;
import jakarta.servlet.MultipartConfigElement;
import org.jspecify.annotations.Nullable;

/** A servlet of an application that has been initialized: it stays as it is (Servlet 6.1, {@code ServletRegistration}). */
final class RegisteredServlet extends ServletInfo {

    private final boolean closed;

    RegisteredServlet(ServletInfo servlet) {
        super(servlet.getName(), servlet.getServletClass(), servlet.getInstanceFactory());
        setJspFile(servlet.getJspFile());
        setLoadOnStartup(servlet.getLoadOnStartup());
        setEnabled(servlet.isEnabled());
        setAsyncSupported(servlet.isAsyncSupported());
        setRunAs(servlet.getRunAs());
        setMultipartConfig(servlet.getMultipartConfig());
        setExecutor(servlet.getExecutor());
        setRequireWelcomeFileMapping(servlet.isRequireWelcomeFileMapping());
        setServletSecurityInfo(servlet.getServletSecurityInfo());
        servlet.getMappings().forEach(this::addMapping);
        servlet.getInitParams().forEach(this::addInitParam);
        servlet.getSecurityRoleRefs().forEach(ref -> addSecurityRoleRef(ref.getRole(), ref.getLinkedRole()));
        servlet.getHandlerChainWrappers().forEach(this::addHandlerChainWrapper);
        Availability.watch(this);
        closed = true;
    }

    @Override
    public ServletInfo addMapping(String mapping) {
        requireOpen();
        return super.addMapping(mapping);
    }

    @Override
    public ServletInfo addInitParam(String name, String value) {
        requireOpen();
        return super.addInitParam(name, value);
    }

    @Override
    public ServletInfo setLoadOnStartup(@Nullable Integer loadOnStartup) {
        requireOpen();
        return super.setLoadOnStartup(loadOnStartup);
    }

    @Override
    public ServletInfo setAsyncSupported(boolean asyncSupported) {
        requireOpen();
        return super.setAsyncSupported(asyncSupported);
    }

    @Override
    public ServletInfo setRunAs(@Nullable String runAs) {
        requireOpen();
        return super.setRunAs(runAs);
    }

    @Override
    public ServletInfo setMultipartConfig(@Nullable MultipartConfigElement multipartConfig) {
        requireOpen();
        return super.setMultipartConfig(multipartConfig);
    }

    @Override
    public ServletInfo setServletSecurityInfo(@Nullable ServletSecurityInfo servletSecurityInfo) {
        requireOpen();
        return super.setServletSecurityInfo(servletSecurityInfo);
    }

    private void requireOpen() {
        if (closed) {
            throw StrictDeployment.tooLate("servlet", getName());
        }
    }
}
