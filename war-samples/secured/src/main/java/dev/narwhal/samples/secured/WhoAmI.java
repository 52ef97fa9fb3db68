package dev.narwhal.samples.secured;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * {@code /api/whoami}: an application has one {@code <login-config>}, and here that is FORM, which programs cannot fill in. So this servlet
 * takes BASIC itself and leaves the verifying to the server: {@code HttpServletRequest.login}.
 */
@WebServlet("/api/whoami")
public final class WhoAmI extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String BASIC = "Basic ";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getRemoteUser() != null) {
            answer(request, response);
        } else if (logIn(request)) {
            answer(request, response);
            request.getSession().invalidate(); // a program sends its password each time
        } else {
            response.setHeader("WWW-Authenticate", "Basic realm=\"secured\", charset=\"UTF-8\"");
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }

    private static boolean logIn(HttpServletRequest request) {
        var header = Objects.requireNonNullElse(request.getHeader("Authorization"), "");
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return false;
        }
        try {
            var decoded =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            var parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
            if (parts.length < 2) {
                return false;
            }
            request.login(parts[0], parts[1]);
            return true;
        } catch (IllegalArgumentException | ServletException e) {
            return false;
        }
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.getWriter()
                .printf(
                        "{\"user\":\"%s\",\"member\":%b,\"admin\":%b}%n",
                        request.getRemoteUser(), request.isUserInRole("member"), request.isUserInRole("admin"));
    }
}
