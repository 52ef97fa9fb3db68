package dev.narwhal.undertow;

import dev.narwhal.worker.engine.DeploymentException;
import dev.narwhal.worker.engine.Engine;
import dev.narwhal.worker.engine.EngineProvider;
import dev.narwhal.worker.engine.EngineSetup;

/** Found by the worker through {@link java.util.ServiceLoader}. */
public final class UndertowProvider implements EngineProvider {

    @Override
    public Engine deploy(EngineSetup setup) throws DeploymentException {
        return UndertowEngine.deploy(setup);
    }
}
