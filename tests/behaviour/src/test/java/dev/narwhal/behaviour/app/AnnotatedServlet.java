package dev.narwhal.behaviour.app;

import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.HttpMethodConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.ServletSecurity.EmptyRoleSemantic;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Everybody may GET, nobody PUT, by TLS alone POST, and administrators the rest; where web.xml has a constraint, that counts. */
@WebServlet({"/annotated", "/overridden"})
@ServletSecurity(
        value = @HttpConstraint(rolesAllowed = "admin"),
        httpMethodConstraints = {
            @HttpMethodConstraint("GET"),
            @HttpMethodConstraint(value = "PUT", emptyRoleSemantic = EmptyRoleSemantic.DENY),
            @HttpMethodConstraint(value = "POST", transportGuarantee = TransportGuarantee.CONFIDENTIAL)
        })
public final class AnnotatedServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(request.getMethod() + " by " + request.getRemoteUser());
    }
}
