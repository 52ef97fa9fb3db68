package dev.narwhal.conformance.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Tells what the request looks like, a line for each thing. */
public final class Describe extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final List<String> ATTRIBUTES = List.of(
            RequestDispatcher.FORWARD_REQUEST_URI,
            RequestDispatcher.FORWARD_CONTEXT_PATH,
            RequestDispatcher.FORWARD_SERVLET_PATH,
            RequestDispatcher.FORWARD_PATH_INFO,
            RequestDispatcher.FORWARD_QUERY_STRING,
            RequestDispatcher.FORWARD_MAPPING,
            RequestDispatcher.INCLUDE_REQUEST_URI,
            RequestDispatcher.INCLUDE_CONTEXT_PATH,
            RequestDispatcher.INCLUDE_SERVLET_PATH,
            RequestDispatcher.INCLUDE_PATH_INFO,
            RequestDispatcher.INCLUDE_QUERY_STRING,
            RequestDispatcher.INCLUDE_MAPPING,
            AsyncContext.ASYNC_REQUEST_URI,
            AsyncContext.ASYNC_CONTEXT_PATH,
            AsyncContext.ASYNC_SERVLET_PATH,
            AsyncContext.ASYNC_PATH_INFO,
            AsyncContext.ASYNC_QUERY_STRING,
            AsyncContext.ASYNC_MAPPING,
            RequestDispatcher.ERROR_STATUS_CODE,
            RequestDispatcher.ERROR_EXCEPTION_TYPE,
            RequestDispatcher.ERROR_MESSAGE,
            RequestDispatcher.ERROR_EXCEPTION,
            RequestDispatcher.ERROR_REQUEST_URI,
            RequestDispatcher.ERROR_SERVLET_NAME,
            RequestDispatcher.ERROR_METHOD,
            RequestDispatcher.ERROR_QUERY_STRING);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("X-Worker", Long.toString(ProcessHandle.current().pid()));
        var out = response.getWriter();
        out.println("servlet " + getServletName());
        out.println("method " + request.getMethod());
        out.println("type " + request.getDispatcherType());
        out.println("uri " + request.getRequestURI());
        out.println("context " + request.getContextPath());
        out.println("path " + request.getServletPath());
        out.println("info " + request.getPathInfo());
        out.println("query " + request.getQueryString());
        out.println("translated " + (request.getPathTranslated() != null));
        out.println("mapping " + text(request.getHttpServletMapping()));
        out.println("wrapped " + isWrapped(request));
        new TreeMap<>(request.getParameterMap())
                .forEach((name, values) -> out.println("parameter " + name + "=" + Arrays.toString(values)));
        for (var name : ATTRIBUTES) {
            var value = request.getAttribute(name);
            if (value != null) {
                out.println(name + " " + (value instanceof HttpServletMapping mapping ? text(mapping) : value));
            }
        }
        out.println("filters " + request.getAttribute(Trace.ATTRIBUTE));
        out.flush();
    }

    private static boolean isWrapped(ServletRequest request) {
        return request instanceof Trace.Wrapped
                || (request instanceof ServletRequestWrapper wrapper && isWrapped(wrapper.getRequest()));
    }

    private static String text(HttpServletMapping mapping) {
        return mapping.getMappingMatch() + " '" + mapping.getPattern() + "' '" + mapping.getMatchValue() + "' "
                + mapping.getServletName();
    }
}
