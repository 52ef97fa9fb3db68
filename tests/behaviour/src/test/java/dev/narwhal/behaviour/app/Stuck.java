package dev.narwhal.behaviour.app;

import jakarta.annotation.PostConstruct;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import java.util.concurrent.CountDownLatch;

/** Components of an application, each of which keeps it from being deployed in another way: it does not return. */
public final class Stuck {

    private Stuck() {}

    static void forEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** When it begins. */
    public static final class Filtering implements Filter {
        @Override
        public void init(FilterConfig config) {
            forEver();
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {}
    }

    /** When it has been injected. */
    public static final class Injected extends HttpServlet {

        private static final long serialVersionUID = 1;

        @PostConstruct
        void prepare() {
            forEver();
        }
    }

    /** When it starts. */
    public static final class Starting extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        public void init() {
            forEver();
        }
    }
}
