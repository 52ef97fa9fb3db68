package dev.narwhal.samples.fragments.greetings;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code /types}: the handled types. Registered by {@link GreetingsInitializer}. */
final class TypesServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient List<Class<?>> types;

    TypesServlet(List<Class<?>> types) {
        this.types = types;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        for (var type : types) {
            var language = type.getAnnotation(Language.class);
            response.getWriter()
                    .println(type.getSimpleName() + (language == null ? "" : ", speaks " + language.value()));
        }
    }
}
