package dev.narwhal.conformance.app;

import jakarta.annotation.security.RunAs;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.HttpMethodConstraint;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.ServletSecurity.EmptyRoleSemantic;
import jakarta.servlet.annotation.WebInitParam;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/** Components that annotations declare, which a descriptor and a listener have their say about, too. */
public final class Declared {

    private Declared() {}

    /** Tells its name, its parameters, and the size of each part that it was sent. */
    public abstract static class Telling extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            response.setContentType("text/plain");
            var out = response.getWriter();
            out.println("name " + getServletName());
            for (var name : Collections.list(getInitParameterNames())) {
                out.println(name + " " + getInitParameter(name));
            }
            if (request.getMethod().equals("POST")) {
                for (var part : request.getParts()) {
                    out.println("part " + part.getSize());
                }
            }
        }
    }

    /** Has the name that a descriptor has, too. */
    @WebServlet(
            name = "over",
            urlPatterns = "/annotated-over",
            initParams = {
                @WebInitParam(name = "a", value = "annotation"),
                @WebInitParam(name = "b", value = "annotation")
            })
    public static final class Over extends Telling {
        private static final long serialVersionUID = 1;
    }

    /** A descriptor has the class under another name. */
    @WebServlet("/twice")
    public static final class Twice extends Telling {
        private static final long serialVersionUID = 1;
    }

    /** Declared by a descriptor. */
    @MultipartConfig(maxFileSize = 10)
    public static final class Uploading extends Telling {
        private static final long serialVersionUID = 1;
    }

    /** Registered by a listener, by its name, by its class, and as an instance. */
    @MultipartConfig(maxFileSize = 10)
    @RunAs("runner")
    @ServletSecurity(
            value = @HttpConstraint(rolesAllowed = "admin"),
            httpMethodConstraints = {
                @HttpMethodConstraint("GET"),
                @HttpMethodConstraint("POST"),
                @HttpMethodConstraint(value = "PUT", emptyRoleSemantic = EmptyRoleSemantic.DENY),
                @HttpMethodConstraint(value = "PATCH", rolesAllowed = "admin")
            })
    public static final class Registered extends Telling {
        private static final long serialVersionUID = 1;
    }

    /** Registers it. */
    public static final class Registering implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            var context = event.getServletContext();
            try {
                context.addServlet("instance", context.createServlet(Registered.class))
                        .addMapping("/instance");
            } catch (ServletException e) {
                throw new IllegalStateException(e);
            }
            context.addServlet("own", new Registered()).addMapping("/own");
            context.addServlet("type", Registered.class).addMapping("/type");
            var named = context.addServlet("named", Registered.class.getName());
            named.addMapping("/named");
            named.setInitParameter("runs as", String.valueOf(named.getRunAsRole()));
        }
    }
}
