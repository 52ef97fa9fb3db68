package dev.narwhal.samples.secured;

import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /members} greets whoever has the role {@code member}; the annotation does what a constraint of {@code web.xml} would. */
@WebServlet("/members")
@ServletSecurity(@HttpConstraint(rolesAllowed = "member"))
public final class MembersPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print("""
                <!DOCTYPE html>
                <html lang="en">
                <meta charset="utf-8">
                <title>Members</title>
                <link rel="stylesheet" href="style.css">
                <h1>Welcome, %s!</h1>
                <p>You logged in by %s. Worker %d answers. %s</p>
                <form method="post" action="logout"><button>Log out</button></form>
                </html>
                """.formatted(
                        escape(request.getRemoteUser()),
                        request.getAuthType(),
                        ProcessHandle.current().pid(),
                        request.isUserInRole("admin")
                                ? "You may see the <a href=\"admin/\">engine room</a>."
                                : "The engine room is not for you."));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
