package dev.narwhal.samples.jdbc;

import jakarta.annotation.Resource;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** The logbook: a page with the last entries and a form for the next. */
@WebServlet("")
public final class LogbookServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private record Entry(String text, long worker) {}

    @Resource(name = "jdbc/logbook")
    @SuppressWarnings("NullAway.Init") // injected
    private transient DataSource logbook;

    private int entries;

    /** Looked up by hand, as applications of old do it. */
    @Override
    @SuppressWarnings("BanJNDI") // the name is a constant
    public void init() throws ServletException {
        try {
            entries = (Integer) new InitialContext().lookup("java:comp/env/entries");
        } catch (NamingException e) {
            throw new ServletException(e);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("X-Worker", Long.toString(worker()));
        var page = new StringBuilder("<!doctype html><title>Logbook</title><h1>Logbook</h1>")
                .append(
                        "<form method=post><input name=text maxlength=200 autofocus required> <button>Log</button></form><ul>\n");
        for (var entry : lastEntries()) {
            page.append("<li>%s <small>(worker %d)</small></li>\n".formatted(escape(entry.text()), entry.worker()));
        }
        response.getWriter().append(page).append("</ul><p>Shown by worker <b>" + worker() + "</b></p>\n");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.setCharacterEncoding("UTF-8");
        var text = request.getParameter("text");
        if (text == null || text.isBlank() || text.length() > 200) {
            response.sendError(400, "an entry has 1 to 200 characters");
            return;
        }
        try (var connection = logbook.getConnection();
                var insert = connection.prepareStatement("INSERT INTO entry (text, worker) VALUES (?, ?)")) {
            insert.setString(1, text);
            insert.setLong(2, worker());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new ServletException("adding an entry", e);
        }
        response.setHeader("X-Worker", Long.toString(worker()));
        response.sendRedirect(".");
    }

    private List<Entry> lastEntries() throws ServletException {
        try (var connection = logbook.getConnection();
                var select = connection.prepareStatement("SELECT text, worker FROM entry ORDER BY id DESC LIMIT ?")) {
            select.setInt(1, entries);
            var found = new ArrayList<Entry>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Entry(rows.getString(1), rows.getLong(2)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new ServletException("reading the entries", e);
        }
    }

    private static long worker() {
        return ProcessHandle.current().pid();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
