package dev.narwhal.jsp;

import dev.narwhal.worker.feature.Instances;
import java.lang.reflect.InvocationTargetException;
import javax.naming.NamingException;
import org.apache.tomcat.InstanceManager;

/** Has pages, tag handlers and listeners of tag libraries made, injected and ended as servlets are. Any thread. */
final class PageInstances implements InstanceManager {

    private final Instances instances;

    PageInstances(Instances instances) {
        this.instances = instances;
    }

    @Override
    public Object newInstance(Class<?> type) throws IllegalAccessException, InvocationTargetException, NamingException {
        try {
            return instances.create(type);
        } catch (ReflectiveOperationException e) {
            throw new InvocationTargetException(e);
        }
    }

    @Override
    public Object newInstance(String className)
            throws IllegalAccessException, InvocationTargetException, NamingException, ClassNotFoundException {
        return newInstance(className, Thread.currentThread().getContextClassLoader());
    }

    @Override
    public Object newInstance(String className, ClassLoader classLoader)
            throws IllegalAccessException, InvocationTargetException, NamingException, ClassNotFoundException {
        return newInstance(classLoader.loadClass(className));
    }

    @Override
    public void newInstance(Object instance) throws IllegalAccessException, InvocationTargetException, NamingException {
        try {
            instances.inject(instance);
        } catch (ReflectiveOperationException e) {
            throw new InvocationTargetException(e);
        }
    }

    @Override
    public void destroyInstance(Object instance) {
        instances.destroy(instance);
    }
}
