package dev.narwhal.worker.engine;

/** Makes engines; found by {@link java.util.ServiceLoader}. */
public interface EngineProvider {

    /**
     * Deploys all applications: class loading, initializers, listeners, load-on-startup servlets. Takes no connection yet.
     *
     * @throws DeploymentException when an application fails; whatever was deployed before is undeployed again
     */
    Engine deploy(EngineSetup setup) throws DeploymentException;
}
