package dev.narwhal.worker.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import dev.narwhal.contract.ResourceSpec;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.SessionTrackingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAppJsonTest {

    private static final Path BASE = Path.of("/cache/x");
    private static final Security.Access ROLES = new Security.Access(Security.Access.Rule.ROLES, List.of("r"));

    /** Every component has a value that differs from its neighbours'. */
    private static WebApp full() {
        var targets = List.of(new Naming.InjectionTarget("C", "f"));
        var ref = new Naming.ResourceRef(
                "n", some("t"), some("Container"), some("Shareable"), some("m"), some("l"), targets);
        return new WebApp(
                some("name"),
                new WebApp.Version(5, 1),
                true,
                false,
                some("/path"),
                some("UTF-8"),
                some("UTF-16"),
                Map.of("k", "v"),
                List.of(new WebApp.Initializer("I", WebApp.Initializer.Origin.SERVER, List.of("A", "B"))),
                List.of("L"),
                List.of(new WebApp.Filter("f", "F", Map.of("x", "y"), true)),
                List.of(new WebApp.FilterMapping(
                        "f", WebApp.FilterMapping.By.SERVLET_NAME, "s", List.of(DispatcherType.ERROR))),
                List.of(new WebApp.Servlet(
                        "s",
                        some("S"),
                        some("/s.jsp"),
                        List.of("/a", "*.b"),
                        Map.of("p", "<q>&'"),
                        Optional.of(-7),
                        true,
                        false,
                        some("runner"),
                        Optional.of(new WebApp.Multipart("up", 1L << 40, 2, 3)),
                        Map.of("ref", "role"),
                        Optional.of(new Security.ServletSecurity(
                                Security.Access.DENY,
                                true,
                                List.of(new Security.MethodConstraint("PUT", ROLES, false)))))),
                List.of(new WebApp.ErrorPage(Optional.of(404), some("E"), "/e")),
                List.of("index.html"),
                Map.of("tusk", "application/x-tusk"),
                Map.of("ja", "Shift_JIS"),
                new SessionConfig(
                        Duration.ofMinutes(7),
                        new SessionConfig.Cookie(
                                some("n"),
                                some("d"),
                                some("p"),
                                some("c"),
                                Optional.of(true),
                                Optional.of(false),
                                Optional.of(9),
                                Map.of("SameSite", "Lax")),
                        List.of(SessionTrackingMode.URL)),
                new Security(
                        true,
                        List.of(new Security.Constraint(
                                List.of(new Security.Resources("n", List.of("/u"), List.of("GET"), List.of("PUT"))),
                                ROLES,
                                true)),
                        Optional.of(new Security.Login(some("FORM"), some("realm"), some("/in"), some("/error"))),
                        List.of("r")),
                new JspConfig(
                        List.of(new JspConfig.Taglib("u", "l")),
                        List.of(new JspConfig.PropertyGroup(
                                List.of("*.jsp"),
                                some("1"),
                                some("2"),
                                some("3"),
                                some("4"),
                                some("5"),
                                List.of("pre"),
                                List.of("coda"),
                                some("6"),
                                some("7"),
                                some("8"),
                                some("9"),
                                some("10"))),
                        new JspConfig.Pages(
                                true,
                                List.of(new JspConfig.Library(BASE.resolve("app/WEB-INF/lib/a.jar"), "META-INF/a.tld")),
                                List.of("Listener"))),
                new Naming(
                        List.of(new Naming.EnvEntry("e", some("t"), some("v"), some("l"), targets)),
                        List.of(ref),
                        List.of(ref, ref),
                        List.of(ref),
                        List.of(new ResourceSpec("r", "context.xml", "T", Map.of("url", "u"), Map.of("a.b", "c"))),
                        List.of(new Naming.Link("l", "g")),
                        List.of(new Naming.Callback(some("C"), "start")),
                        List.of(new Naming.Callback(Optional.empty(), "stop"))),
                new WebApp.Layout(
                        BASE.resolve("app"),
                        List.of(BASE.resolve("resources/a.jar")),
                        List.of(BASE.resolve("app/WEB-INF/classes"), Path.of("/elsewhere/b.jar")),
                        List.of(new WebApp.Fragment("a", "a.jar")),
                        Optional.of(List.of("a.jar"))));
    }

    private static Optional<String> some(String text) {
        return Optional.of(text);
    }

    @Test
    void everything_survives() {
        var json = new WebAppJson(BASE);

        assertThat(json.read(json.write(full()))).isEqualTo(full());
    }

    @Test
    void a_prepared_directory_can_be_moved() {
        var moved = new WebAppJson(Path.of("/moved"))
                .read(new WebAppJson(BASE).write(full()))
                .layout();

        assertThat(moved.documentRoot()).isEqualTo(Path.of("/moved/app"));
        assertThat(moved.classPath())
                .containsExactly(Path.of("/moved/app/WEB-INF/classes"), Path.of("/elsewhere/b.jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"displayName\": []}", "no json {"})
    void other_text_is_refused(String text) {
        assertThatThrownBy(() -> new WebAppJson(BASE).read(text)).isInstanceOf(JsonParseException.class);
    }
}
