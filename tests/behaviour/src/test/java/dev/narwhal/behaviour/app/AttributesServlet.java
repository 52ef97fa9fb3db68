package dev.narwhal.behaviour.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells how the request looks from inside, a line for each fact. */
public final class AttributesServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        var out = response.getWriter();
        out.println("method " + request.getMethod());
        out.println("scheme " + request.getScheme());
        out.println("protocol " + request.getProtocol());
        out.println("uri " + request.getRequestURI());
        out.println("url " + request.getRequestURL());
        out.println("query " + request.getQueryString());
        out.println("context path " + request.getContextPath());
        out.println("servlet path " + request.getServletPath());
        out.println("path info " + request.getPathInfo());
        out.println("server " + request.getServerName() + ":" + request.getServerPort());
        out.println("remote " + request.getRemoteAddr());
        out.println("session " + request.getRequestedSessionId());
        out.println("thread " + (Thread.currentThread().isVirtual() ? "virtual" : "platform"));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        doGet(request, response);
    }
}
