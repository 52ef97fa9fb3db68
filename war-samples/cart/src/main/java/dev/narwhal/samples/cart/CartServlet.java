package dev.narwhal.samples.cart;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** {@code GET /} shows the cart, {@code POST /} puts the parameter {@code item} into it, or empties it if there is none. */
@WebServlet("")
public final class CartServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String CART = "cart";
    private static final List<String> WARES = List.of("kelp", "cod", "halibut", "ice");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var session = request.getSession();
        var buttons = WARES.stream()
                .map(ware -> "<button name=\"item\" value=\"%s\">%s</button>".formatted(ware, ware))
                .collect(Collectors.joining(" "));
        var items = cart(session).items().stream()
                .map(item ->
                        "<li>%s <span>put in by worker %d</span></li>".formatted(escape(item.name()), item.worker()))
                .collect(Collectors.joining("\n"));
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print(page(session.isNew() ? "a new" : "a known", buttons, items));
    }

    private static String page(String kind, String buttons, String items) {
        return """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <title>Cart</title>
            <style>body { font: 16px/1.5 sans-serif; margin: 3em auto; max-width: 32em } li span { color: #777 }</style>
            <h1>Your cart</h1>
            <p>Answered by worker <b>%d</b>, %s session.</p>
            <form method="post" action="">%s <button>empty the cart</button></form>
            <ul>%s</ul>
            <p>Reload the page, or add something: another worker may answer, and the cart is the same. Kill a worker with
            <code>kill -9</code>, or replace all of them with <code>kill -HUP</code> to the master: it still is.</p>
            </html>
            """.formatted(ProcessHandle.current().pid(), kind, buttons, items);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var item = request.getParameter("item");
        if (item == null) {
            request.getSession().removeAttribute(CART);
        } else {
            // In place: nobody calls setAttribute, and the other workers see it nevertheless.
            cart(request.getSession()).add(item, ProcessHandle.current().pid());
        }
        response.sendRedirect(request.getContextPath() + "/");
    }

    private static Cart cart(HttpSession session) {
        if (session.getAttribute(CART) instanceof Cart cart) {
            return cart;
        }
        var cart = new Cart();
        session.setAttribute(CART, cart);
        return cart;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
