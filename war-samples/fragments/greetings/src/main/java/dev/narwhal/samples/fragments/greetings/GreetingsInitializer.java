package dev.narwhal.samples.fragments.greetings;

import static java.util.Comparator.comparing;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HandlesTypes;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gets every class of the application that is a {@link Greeter} or has a {@link Language}, and lets them greet. */
@HandlesTypes({Greeter.class, Language.class})
public final class GreetingsInitializer implements ServletContainerInitializer {
    /** @param handled null when there are none */
    @Override
    public void onStartup(@Nullable Set<Class<?>> handled, ServletContext context) throws ServletException {
        List<Class<?>> types = new ArrayList<>(handled == null ? Set.of() : handled);
        types.sort(comparing(Class::getName));
        context.addServlet("types", new TypesServlet(types)).addMapping("/types");
        context.addServlet("greet", new GreetServlet(greeters(types))).addMapping("/greet");
    }

    private static List<Greeter> greeters(List<Class<?>> types) throws ServletException {
        List<Greeter> greeters = new ArrayList<>();
        for (var type : types) {
            if (Greeter.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                try {
                    greeters.add((Greeter) type.getConstructor().newInstance());
                } catch (ReflectiveOperationException e) {
                    throw new ServletException("creating greeter " + type.getName(), e);
                }
            }
        }
        return greeters;
    }
}
