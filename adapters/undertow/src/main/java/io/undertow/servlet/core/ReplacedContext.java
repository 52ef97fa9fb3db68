package io.undertow.servlet.core;

import io.undertow.servlet.handlers.ServletInitialHandler;
import io.undertow.servlet.spec.ServletContextImpl;
import java.util.Objects;

/**
 * The one class in Undertow's own package: Undertow makes the servlet context of a deployment itself, and what would take another is
 * package-private.
 */
public final class ReplacedContext {

    private ReplacedContext() {}

    /** Makes the context of its deployment, as far as that is asked for it, configured as the one before was. While extensions are called. */
    public static void install(ServletContextImpl context) {
        var deployment = (DeploymentImpl) context.getDeployment();
        var info = deployment.getDeploymentInfo();
        deployment.setServletContext(context);
        var manager = Objects.requireNonNull(
                (DeploymentManagerImpl) deployment.getServletContainer().getDeployment(info.getDeploymentName()),
                "a deployment that its container does not know");
        manager.handleDeploymentSessionConfig(info, context);
    }

    /** Makes a handler that which dispatches go to. Once deployed, as only then there is one to be replaced. */
    public static void dispatchTo(ServletInitialHandler handler, ServletContextImpl context) {
        ((DeploymentImpl) context.getDeployment()).setServletHandler(handler);
    }
}
