package dev.narwhal.behaviour.app;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What applications do because it works on Tomcat. */
public final class Habits {

    private Habits() {}

    /** Asks where a file is. */
    @WebServlet("/real")
    public static final class RealPath extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var context = getServletContext();
            response.getWriter()
                    .print(context.getRealPath(request.getParameter("path"))
                            .substring(context.getRealPath("").length()));
        }
    }

    /** Adds a page. */
    @WebListener
    public static final class AddingPage implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            event.getServletContext().addJspFile("added", "/WEB-INF/added.jsp").addMapping("/added");
        }
    }

    /** A listener of a kind that no descriptor may name. */
    @WebListener
    public static final class ForAsync implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    /** The application's own idea of its first page. */
    @WebFilter("/*")
    public static final class Front extends HttpFilter {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (request.getServletPath().equals("/")) {
                request.getRequestDispatcher("/front/").forward(request, response);
            } else {
                chain.doFilter(request, response);
            }
        }
    }

    /** The target of {@link Front}. */
    @WebServlet("/front/*")
    public static final class FrontPage extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("front " + request.getRequestURI());
        }
    }
}
