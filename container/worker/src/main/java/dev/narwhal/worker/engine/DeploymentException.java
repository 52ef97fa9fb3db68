package dev.narwhal.worker.engine;

/** An application that cannot be deployed. The message is one line for the operator; the cause has the stack trace. */
public final class DeploymentException extends Exception {

    private static final long serialVersionUID = 1L;

    public DeploymentException(String message, Throwable cause) {
        super(message, cause);
    }

    public DeploymentException(String message) {
        super(message);
    }

    /** Says where a deployment failed, from the application's exception: {@code deploying /shop: ... }. */
    public static DeploymentException of(LoadedApp app, Throwable failure) {
        return new DeploymentException(
                "deploying the application at %s: %s".formatted(app.displayPath(), Failure.describe(failure)), failure);
    }
}
