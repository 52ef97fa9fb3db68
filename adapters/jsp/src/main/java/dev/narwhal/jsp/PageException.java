package dev.narwhal.jsp;

import dev.narwhal.worker.feature.InSource;
import dev.narwhal.worker.feature.Pages.Problem;
import dev.narwhal.worker.feature.Reported;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.jasper.JasperException;
import org.apache.jasper.compiler.JavacErrorDetail;

/** A page that cannot be compiled. */
final class PageException extends JasperException implements Reported, InSource {

    private static final long serialVersionUID = 1L;

    /** What Jasper writes in front of a message: {@code /index.jsp (line: [3], column: [5]) } */
    private static final Pattern LOCATED =
            Pattern.compile("(?s)(/\\S.*?) \\(line: \\[(\\d+)], column: \\[(\\d+)]\\) (.*)");

    private static final Pattern WHITESPACE = Pattern.compile("\\s+");

    /** Where the lines around a place come from. */
    interface Excerpts {

        /** Numbered lines; empty if the file cannot be read. */
        List<String> around(String file, int line);
    }

    private final transient List<Problem> problems;

    private PageException(List<Problem> problems, Throwable cause) {
        super(problems.getFirst().text(), cause);
        this.problems = problems;
    }

    /** From the compiler's findings. */
    static PageException of(JavacErrorDetail[] details) {
        var problems = Stream.of(details).map(PageException::problem).toList();
        return new PageException(problems, new JasperException("the Java compiler refuses the page"));
    }

    private static Problem problem(JavacErrorDetail detail) {
        boolean inPage = detail.getJspBeginLineNumber() > 0 && detail.getJspFileName() != null;
        return new Problem(
                inPage ? detail.getJspFileName() : detail.getJavaFileName(),
                inPage ? detail.getJspBeginLineNumber() : detail.getJavaLineNumber(),
                oneLine(detail.getErrorMessage()),
                inPage ? excerpt(detail) : List.of());
    }

    private static List<String> excerpt(JavacErrorDetail detail) {
        return Optional.ofNullable(detail.getJspExtract()).stream()
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** From the message of Jasper's parser, or from whatever else went wrong. */
    static PageException of(String page, Exception failure, Excerpts excerpts) {
        var message = failure instanceof JasperException && failure.getCause() == null
                ? String.valueOf(failure.getMessage())
                : causes(failure);
        var located = LOCATED.matcher(message);
        if (!located.matches()) {
            return new PageException(List.of(new Problem(page, 0, oneLine(message), List.of())), failure);
        }
        var file = located.group(1);
        int line = Integer.parseInt(located.group(2));
        return new PageException(
                List.of(new Problem(file, line, oneLine(located.group(4)), excerpts.around(file, line))), failure);
    }

    private static String causes(Throwable failure) {
        var text = new StringBuilder(failure instanceof JasperException ? failure.getMessage() : failure.toString());
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (text.indexOf(cause.toString()) < 0) {
                text.append(": ").append(cause);
            }
        }
        return text.toString();
    }

    private static String oneLine(String text) {
        // Some of Jasper's texts are written for a browser.
        return WHITESPACE
                .matcher(text.strip())
                .replaceAll(" ")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
    }

    @Override
    public List<Problem> problems() {
        return problems;
    }

    /** For the log. */
    String line() {
        return problems.getFirst().text() + (problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : "");
    }
}
