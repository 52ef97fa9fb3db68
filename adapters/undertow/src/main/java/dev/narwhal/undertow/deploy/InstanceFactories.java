package dev.narwhal.undertow.deploy;

import dev.narwhal.worker.feature.Instances;
import io.undertow.servlet.api.ClassIntrospecter;
import io.undertow.servlet.api.InstanceFactory;
import io.undertow.servlet.api.InstanceHandle;
import java.lang.reflect.InvocationTargetException;

/** How Undertow gets the instances of an application's classes: through the server's {@link Instances}. */
record InstanceFactories(Instances instances) implements ClassIntrospecter {

    @Override
    public <T> InstanceFactory<T> createInstanceFactory(Class<T> type) throws NoSuchMethodException {
        var _ = type.getDeclaredConstructor(); // that there is none is found out now
        return () -> new Handle<>(create(type), instances);
    }

    private <T> T create(Class<T> type) throws InstantiationException {
        try {
            return instances.create(type);
        } catch (ReflectiveOperationException e) {
            var failure = new InstantiationException();
            failure.initCause(e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e);
            throw failure;
        }
    }

    private record Handle<T>(T instance, Instances instances) implements InstanceHandle<T> {

        @Override
        public T getInstance() {
            return instance;
        }

        @Override
        public void release() {
            instances.destroy(instance);
        }
    }
}
