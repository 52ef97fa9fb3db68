package dev.narwhal.wars;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Beans in a servlet and a filter, and the bean manager by its name. */
@WebServlet("/beans")
public class BeansServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private Greeter greeter;

    @Inject
    private Counter counter;

    private String constructed = "";

    @PostConstruct
    void construct() {
        constructed = greeter == null ? "before injection" : "after injection";
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        counter.up();
        try {
            var manager = new InitialContext().lookup("java:comp/env/BeanManager");
            response.getWriter()
                    .print(greeter.greet("servlet") + " " + counter.getCount() + ", constructed " + constructed + ", "
                            + request.getAttribute("filter") + ", manager " + (manager instanceof BeanManager));
        } catch (NamingException e) {
            throw new ServletException(e);
        }
    }

    @WebFilter("/beans")
    public static class Greeting extends HttpFilter {

        private static final long serialVersionUID = 1L;

        @Inject
        private Greeter greeter;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            request.setAttribute("filter", greeter.greet("filter"));
            chain.doFilter(request, response);
        }
    }
}
