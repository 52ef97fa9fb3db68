package dev.narwhal.undertow.deploy;

import io.undertow.servlet.api.ClassIntrospecter;
import io.undertow.servlet.api.InstanceFactory;
import io.undertow.servlet.util.DefaultClassIntrospector;
import java.util.Map;

/**
 * Where code of the application registers one of the server's servlets by its usual name, as {@code ServletContext.addJspFile} does, makes instances
 * of the class that the server has for it.
 *
 * @param others makes all other instances
 * @param standIns by the name of the class that the application wants; each a subclass of it
 */
record StandInClasses(ClassIntrospecter others, Map<String, Class<?>> standIns) implements ClassIntrospecter {

    StandInClasses {
        standIns = Map.copyOf(standIns);
    }

    @Override
    public <T> InstanceFactory<T> createInstanceFactory(Class<T> type) throws NoSuchMethodException {
        var standIn = standIns.get(type.getName());
        return standIn == null ? others.createInstanceFactory(type) : standIn(standIn);
    }

    @SuppressWarnings(
            "unchecked") // an instance of a subclass; of a copy in the WAR nothing but Servlet's methods are called
    private static <T> InstanceFactory<T> standIn(Class<?> standIn) throws NoSuchMethodException {
        return (InstanceFactory<T>) DefaultClassIntrospector.INSTANCE.createInstanceFactory(standIn);
    }
}
