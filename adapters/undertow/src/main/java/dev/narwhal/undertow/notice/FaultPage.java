package dev.narwhal.undertow.notice;

import dev.narwhal.worker.feature.InSource;
import dev.narwhal.worker.feature.Pages.Problem;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.StatusCodes;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code --reload}: what is wrong with a page of the application and where, for the developer who goes to it with a browser. In place of the application's own
 * page for errors. On the request's thread.
 */
public final class FaultPage {

    /** Of requests of somebody who reads pages: the generation of the worker. */
    static final AttachmentKey<String> READER = AttachmentKey.create(String.class);

    private static final String FILE = "fault.html";

    private static final Logger log = LoggerFactory.getLogger(FaultPage.class);

    private FaultPage() {}

    /** Whether the failure is of that kind, and so is the request, and the answer was still to be given. */
    public static boolean shown(HttpServerExchange exchange, ServletResponse response, Throwable failure) {
        var generation = exchange.getAttachment(READER);
        var fault = fault(failure);
        if (generation == null || fault.isEmpty() || response.isCommitted()) {
            return false;
        }
        try {
            var page = page(fault.get(), generation);
            response.reset();
            if (response instanceof HttpServletResponse http) {
                http.setStatus(StatusCodes.INTERNAL_SERVER_ERROR);
                http.setHeader("Cache-Control", "no-store");
            }
            response.setContentType("text/html; charset=utf-8");
            try (var writer = response.getWriter()) {
                writer.write(page);
            }
        } catch (IOException e) {
            log.debug("telling a browser of a page: {}", e.toString());
        }
        return true;
    }

    private static Optional<InSource> fault(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof InSource fault) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    private static String page(InSource fault, String generation) {
        try (var in = FaultPage.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("reading " + FILE + ": it is not on the class path");
            }
            var problems = fault.problems().stream().map(FaultPage::problem).collect(Collectors.joining());
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{{generation}}", generation)
                    .replace("{{problems}}", problems);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + FILE, e);
        }
    }

    private static String problem(Problem problem) {
        var place = problem.file() + (problem.line() > 0 ? ":" + problem.line() : "");
        var excerpt = problem.excerpt().stream()
                .map(line -> line.startsWith(problem.line() + ":") ? "<mark>" + text(line) + "</mark>" : text(line))
                .collect(Collectors.joining("\n"));
        return "<section><h2>%s</h2><p role=\"alert\">%s</p><pre tabindex=\"0\" aria-label=\"source\">%s</pre></section>\n"
                .formatted(text(place), text(problem.message()), excerpt);
    }

    private static String text(String raw) {
        return raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
