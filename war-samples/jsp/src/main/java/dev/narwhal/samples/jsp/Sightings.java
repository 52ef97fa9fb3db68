package dev.narwhal.samples.jsp;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code /sightings?least=METRES}: the model for a view under {@code WEB-INF}, which nobody can ask for directly. */
@WebServlet("/sightings")
public final class Sightings extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final List<Sighting> ALL = List.of(
            new Sighting("Baffin Bay", 5, true),
            new Sighting("Scoresby Sund", 4, false),
            new Sighting("Disko <Bugt>", 6, true));

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var least = request.getParameter("least");
        int metres = least == null ? 0 : Integer.parseInt(least);
        request.setAttribute(
                "sightings",
                ALL.stream().filter(sighting -> sighting.metres() >= metres).toList());
        request.getRequestDispatcher("/WEB-INF/views/sightings.jsp").forward(request, response);
    }
}
