package dev.narwhal.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.migration.App.Jar;
import dev.narwhal.migration.app.Bystander;
import dev.narwhal.migration.app.Extending;
import dev.narwhal.migration.app.NewServlet;
import dev.narwhal.migration.app.OldServlet;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What makes an application one for {@code javax.servlet}, and what does not. */
class EvidenceTest {

    /** An application, and whether it is one for {@code javax.servlet}. */
    record Case(String name, boolean javax, UnaryOperator<App> contents) {

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Case> CASES = List.of(
            new Case("nothing at all", false, app -> app.file("index.html", "javax.servlet.Servlet")),
            new Case("own old class", true, app -> app.classes(OldServlet.class)),
            new Case("own new class", false, app -> app.classes(NewServlet.class)),
            new Case(
                    "own new class and old library",
                    false,
                    app -> app.classes(NewServlet.class)
                            .jar(
                                    "upload.jar",
                                    new Jar()
                                            .classes(OldServlet.class)
                                            .file("META-INF/a.tld", taglib(OldServlet.class)))),
            new Case("old library alone", false, app -> app.jar("upload.jar", new Jar().classes(OldServlet.class))),
            new Case("texts alone", false, app -> app.classes(Bystander.class)),
            new Case(
                    "own class extends old library",
                    true,
                    app -> app.classes(Extending.class).jar("boot.jar", new Jar().classes(OldServlet.class))),
            new Case(
                    "web xml names old library",
                    true,
                    app -> app.file("WEB-INF/web.xml", webXml(OldServlet.class))
                            .jar("mvc.jar", new Jar().classes(OldServlet.class))),
            new Case(
                    "web xml names new library",
                    false,
                    app -> app.file("WEB-INF/web.xml", webXml(NewServlet.class))
                            .classes(OldServlet.class)
                            .jar("mvc.jar", new Jar().classes(NewServlet.class))),
            new Case(
                    "old page",
                    true,
                    app -> app.file("a.jsp", "<%@ page import=\"javax.servlet.http.*, javax.servlet.http.Cookie\" %>")),
            new Case(
                    "old attribute in a page",
                    false,
                    app -> app.file("a.jsp", "<%= request.getAttribute(\"javax.servlet.error.message\") %>")),
            new Case(
                    "new page",
                    false,
                    app -> app.file("a.jsp", "<% jakarta.servlet.http.Cookie c; javax.servlet.http.Cookie d; %>")),
            new Case(
                    "old initializer",
                    true,
                    app -> app.jar(
                            "web.jar",
                            new Jar().file("META-INF/services/javax.servlet.ServletContainerInitializer", "a.B"))),
            new Case(
                    "initializers of both",
                    false,
                    app -> app.jar(
                                    "old.jar",
                                    new Jar()
                                            .file("META-INF/services/javax.servlet.ServletContainerInitializer", "a.B"))
                            .jar(
                                    "new.jar",
                                    new Jar()
                                            .file(
                                                    "META-INF/services/jakarta.servlet.ServletContainerInitializer",
                                                    "a.C"))),
            new Case(
                    "old fragment",
                    true,
                    app -> app.jar(
                            "web.jar",
                            new Jar()
                                    .file("META-INF/web-fragment.xml", webXml(OldServlet.class))
                                    .classes(OldServlet.class))),
            new Case(
                    "old tag library",
                    true,
                    app -> app.file("index.jsp", "<%@ taglib uri=\"t\" prefix=\"t\" %>")
                            .jar(
                                    "tags.jar",
                                    new Jar()
                                            .file("META-INF/a.tld", taglib(OldServlet.class))
                                            .classes(OldServlet.class))),
            new Case("damaged library", false, app -> app.file("WEB-INF/lib/a.jar", "no zip")),
            new Case("damaged web xml", false, app -> app.file("WEB-INF/web.xml", "<web-app>")));

    private static String webXml(Class<?> servlet) {
        return """
                <!DOCTYPE web-app PUBLIC "-//Sun//DTD Web Application 2.3//EN" "http://java.sun.com/dtd/web-app_2_3.dtd">
                <web-app><servlet><servlet-name>a</servlet-name><servlet-class> %s </servlet-class></servlet></web-app>
                """.formatted(servlet.getName());
    }

    private static String taglib(Class<?> tag) {
        return "<taglib><tag><tag-class>" + tag.getName() + "</tag-class></tag></taglib>";
    }

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @ParameterizedTest
    @FieldSource("CASES")
    void an_application_is_judged_by_its_own_code(Case each) throws Exception {
        var app = each.contents().apply(new App(directory));

        assertThat(new JakartaMigration().isNeeded(app.directory())).isEqualTo(each.javax());
    }
}
