package dev.narwhal.behaviour.app;

import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.HttpMethodConstraintElement;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity.EmptyRoleSemantic;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;
import java.util.List;

/** Registers what others declare. */
public final class RegisteringListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var context = event.getServletContext();
        context.declareRoles("declared");
        var servlet = context.addServlet("registered", WhoServlet.class);
        servlet.addMapping("/registered", "/admin/registered");
        servlet.setRunAsRole("admin");
        var untouched = servlet.setServletSecurity(new ServletSecurityElement(
                new HttpConstraintElement(EmptyRoleSemantic.DENY),
                List.of(new HttpMethodConstraintElement(
                        "GET", new HttpConstraintElement(TransportGuarantee.NONE, "declared")))));
        context.setAttribute("registered", "untouched " + untouched + " run as " + servlet.getRunAsRole());
    }
}
