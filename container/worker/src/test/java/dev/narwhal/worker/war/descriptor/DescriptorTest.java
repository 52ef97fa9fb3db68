package dev.narwhal.worker.war.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.worker.war.SessionConfig;
import dev.narwhal.worker.war.WarException;
import dev.narwhal.worker.war.WebApp;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servlet 6.1, chapter 14. */
class DescriptorTest {

    private static final String NEWEST = "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\">";
    private static final String PAGE = """
            <servlet><servlet-name>page</servlet-name><jsp-file>/a.jsp</jsp-file></servlet>
            <servlet-mapping><servlet-name>page</servlet-name><url-pattern>/page</url-pattern></servlet-mapping>
            """;

    private final List<String> warnings = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path directory;

    /** Its constraint is inherited. */
    @ServletSecurity(@HttpConstraint(rolesAllowed = "admin"))
    static class Guarded extends HttpServlet {

        private static final long serialVersionUID = 1;
    }

    /** Has no annotation of its own. */
    static final class Inheriting extends Guarded {

        private static final long serialVersionUID = 1;
    }

    private WebApp read(String elements) throws WarException, IOException {
        return read(NEWEST, elements);
    }

    private WebApp read(String root, String elements) throws WarException, IOException {
        Files.createDirectories(directory.resolve("WEB-INF"));
        Files.writeString(
                directory.resolve("WEB-INF/web.xml"),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + root + elements + "</web-app>");
        return new WebAppReader(
                        WarFiles.of("test.war", directory),
                        DescriptorTest.class.getClassLoader(),
                        List.of(),
                        warnings::add)
                .read(Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2.2 | <!DOCTYPE web-app PUBLIC \"-//Sun Microsystems, Inc.//DTD Web Application 2.2//EN\" \"http://java.sun.com/j2ee/dtds/web-app_2_2.dtd\"><web-app>",
                "2.3 | <!DOCTYPE web-app PUBLIC \"-//Sun Microsystems, Inc.//DTD Web Application 2.3//EN\" \"http://java.sun.com/dtd/web-app_2_3.dtd\"><web-app>",
                "2.4 | <web-app xmlns=\"http://java.sun.com/xml/ns/j2ee\" version=\"2.4\">",
                "2.5 | <web-app xmlns=\"http://java.sun.com/xml/ns/javaee\" version=\"2.5\">",
                "3.0 | <web-app xmlns=\"http://java.sun.com/xml/ns/javaee\" version=\"3.0\">",
                "3.1 | <web-app xmlns=\"http://xmlns.jcp.org/xml/ns/javaee\" version=\"3.1\">",
                "4.0 | <web-app xmlns=\"http://xmlns.jcp.org/xml/ns/javaee\" version=\"4.0\">",
                "5.0 | <web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"5.0\">",
                "6.0 | <web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">",
                "6.1 | <web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\">",
                "6.2 | <web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.2\">",
                "6.1 | <web-app>"
            })
    void clause_14_1_descriptors_of_all_versions_are_read(String version, String root)
            throws WarException, IOException {
        var app = read(root, PAGE);

        assertThat(app.version().major() + "." + app.version().minor()).isEqualTo(version);
        assertThat(app.servlets())
                .singleElement()
                .satisfies(servlet -> assertThat(servlet.urlPatterns()).containsExactly("/page"));
    }

    @Test
    void clause_14_2_the_order_of_elements_is_free() throws WarException, IOException {
        var app = read("""
                <locale-encoding-mapping-list>
                  <locale-encoding-mapping><locale>ja</locale><encoding>Shift_JIS</encoding></locale-encoding-mapping>
                  <locale-encoding-mapping><locale>zh_TW</locale><encoding>Big5</encoding></locale-encoding-mapping>
                </locale-encoding-mapping-list>
                <response-character-encoding>UTF-8</response-character-encoding>
                <request-character-encoding>UTF-16</request-character-encoding>
                <default-context-path>/shop</default-context-path>
                <deny-uncovered-http-methods/>
                <error-page><location>/any</location></error-page>
                <welcome-file-list><welcome-file> a.html </welcome-file></welcome-file-list>
                <mime-mapping><extension>fish</extension><mime-type>application/fish</mime-type></mime-mapping>
                <session-config>
                  <session-timeout>5</session-timeout>
                  <cookie-config>
                    <name>SID</name><domain>d.example</domain><path>/p</path><comment>c</comment>
                    <http-only>true</http-only><secure>true</secure><max-age>5</max-age>
                    <attribute><attribute-name>SameSite</attribute-name><attribute-value>Strict</attribute-value></attribute>
                  </cookie-config>
                  <tracking-mode>URL</tracking-mode><tracking-mode>COOKIE</tracking-mode>
                </session-config>
                <servlet-mapping><servlet-name>page</servlet-name><url-pattern> /page </url-pattern></servlet-mapping>
                <servlet><servlet-name>page</servlet-name><jsp-file>a.jsp</jsp-file><load-on-startup/></servlet>
                <context-param><param-name>a</param-name><param-value> b </param-value></context-param>
                <distributable/>
                <display-name>First</display-name>
                """);

        assertThat(app.localeEncodings())
                .containsExactlyInAnyOrderEntriesOf(Map.of("ja", "Shift_JIS", "zh_TW", "Big5"));
        assertThat(app.responseCharacterEncoding()).contains("UTF-8");
        assertThat(app.requestCharacterEncoding()).contains("UTF-16");
        assertThat(app.defaultContextPath()).contains("/shop");
        assertThat(app.security().denyUncoveredHttpMethods()).isTrue();
        assertThat(app.welcomeFiles()).containsExactly("a.html");
        assertThat(app.mimeTypes()).containsEntry("fish", "application/fish");
        assertThat(app.session().timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(app.session().cookie())
                .isEqualTo(new SessionConfig.Cookie(
                        Optional.of("SID"),
                        Optional.of("d.example"),
                        Optional.of("/p"),
                        Optional.of("c"),
                        Optional.of(true),
                        Optional.of(true),
                        Optional.of(5),
                        Map.of("SameSite", "Strict")));
        assertThat(app.session().trackingModes()).hasSize(2);
        assertThat(app.servlets()).singleElement().satisfies(servlet -> {
            assertThat(servlet.urlPatterns()).containsExactly("/page");
            assertThat(servlet.jspFile()).contains("/a.jsp");
        });
        assertThat(app.contextParams()).containsEntry("a", "b");
        assertThat(app.distributable()).isTrue();
        assertThat(app.displayName()).contains("First");
    }

    @Test
    void clause_14_2_lists_that_are_there_several_times_are_concatenated() throws WarException, IOException {
        var app = read("""
                <distributable/>
                <distributable/>
                <welcome-file-list><welcome-file>a</welcome-file><welcome-file>b</welcome-file></welcome-file-list>
                <locale-encoding-mapping-list>
                  <locale-encoding-mapping><locale>ja</locale><encoding>Shift_JIS</encoding></locale-encoding-mapping>
                </locale-encoding-mapping-list>
                <welcome-file-list><welcome-file>c</welcome-file></welcome-file-list>
                <locale-encoding-mapping-list>
                  <locale-encoding-mapping><locale>fr</locale><encoding>UTF-8</encoding></locale-encoding-mapping>
                </locale-encoding-mapping-list>
                """);

        assertThat(app.distributable()).isTrue();
        assertThat(app.welcomeFiles()).containsExactly("a", "b", "c");
        assertThat(app.localeEncodings()).isEqualTo(Map.of("ja", "Shift_JIS", "fr", "UTF-8"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 0", "7, 7"})
    void clause_14_4_a_session_timeout_of_zero_or_less_is_none(int minutes, int read) throws WarException, IOException {
        var app = read("<session-config><session-timeout>" + minutes + "</session-timeout></session-config>");

        assertThat(app.session().timeout()).isEqualTo(Duration.ofMinutes(read));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "<session-config/><session-config/> | Multiple session-config",
                "<jsp-config/><jsp-config/> | Multiple jsp-config",
                "<login-config/><login-config/> | Multiple login-config",
                "<session-config><session-timeout>x</session-timeout></session-config> | session-timeout",
                "<session-config><tracking-mode>FISH</tracking-mode></session-config> | tracking-mode",
                "<absolute-ordering><name>a</name></absolute-ordering><absolute-ordering><name>b</name></absolute-ordering> | <absolute-ordering> is there a second time",
                "<fish/> | Unexpected element",
                "<servlet><servlet-name>a</servlet-name></servlet><servlet><servlet-name>a</servlet-name></servlet> | declared a second time",
                "<servlet-mapping><servlet-name>a</servlet-name><url-pattern>/a</url-pattern></servlet-mapping> | the servlet 'a' is mapped but not declared",
                "<filter><filter-name>f</filter-name></filter> | has no class",
                "<error-page><error-code>x</error-code><location>/x</location></error-page> | is not a number",
                "<error-page><error-code>404</error-code></error-page> | no <location>",
                "<request-character-encoding>nonsense</request-character-encoding> | encoding 'nonsense' of the <request-character-encoding>",
                "<response-character-encoding>nonsense</response-character-encoding> | encoding 'nonsense' of the <response-character-encoding>",
                "<locale-encoding-mapping-list><locale-encoding-mapping><locale>ja</locale><encoding>?</encoding></locale-encoding-mapping></locale-encoding-mapping-list> | <locale-encoding-mapping> for 'ja'",
                "<login-config><auth-method>FISH</auth-method></login-config> | 'FISH' of the <login-config> is not known",
                "<security-constraint><web-resource-collection><web-resource-name>w</web-resource-name><url-pattern>secret</url-pattern></web-resource-collection><auth-constraint/></security-constraint> | the URL pattern 'secret' of the <security-constraint> for 'w' is invalid",
                "<security-constraint><web-resource-collection><web-resource-name>w</web-resource-name><url-pattern>/x</url-pattern><http-method>GET</http-method><http-method-omission>POST</http-method-omission></web-resource-collection></security-constraint> | both <http-method> and <http-method-omission>",
                "<servlet><servlet-name>a</servlet-name><jsp-file>/a.jsp</jsp-file></servlet><servlet-mapping><servlet-name>a</servlet-name><url-pattern>/a/../../b</url-pattern></servlet-mapping> | '/a/../../b' leads out of the application",
                "<error-page><location>../a.html</location></error-page> | '../a.html' leads out of the application",
                "<servlet><servlet-name>a</servlet-name><jsp-file>/a.jsp</jsp-file></servlet><servlet-mapping><servlet-name>a</servlet-name><url-pattern>/a&#10;b</url-pattern></servlet-mapping> | is invalid",
                "<security-constraint><user-data-constraint><transport-guarantee>confidential</transport-guarantee></user-data-constraint></security-constraint> | transport-guarantee",
                "<filter-mapping><filter-name>f</filter-name><url-pattern>/f</url-pattern><dispatcher>request</dispatcher></filter-mapping> | dispatcher",
                "<session-config><tracking-mode>cookie</tracking-mode></session-config> | tracking-mode",
                "<security-constraint><user-data-constraint><transport-guarantee>FISH</transport-guarantee></user-data-constraint></security-constraint> | transport-guarantee"
            })
    void clause_14_3_what_is_wrong_is_refused_with_its_name(String elements, String told) {
        assertThatThrownBy(() -> read(elements))
                .isInstanceOf(WarException.class)
                .hasMessageContaining(told)
                .hasMessageContaining("test.war");
    }

    @Test
    void clause_14_2_paths_are_made_canonical() throws WarException, IOException {
        var app = read("""
                <servlet><servlet-name>page</servlet-name><jsp-file>/x/../a.jsp</jsp-file></servlet>
                <servlet-mapping>
                  <servlet-name>page</servlet-name>
                  <url-pattern>/a/../b</url-pattern><url-pattern>/c/./*</url-pattern><url-pattern>/a b</url-pattern><url-pattern>/d/.</url-pattern>
                </servlet-mapping>
                <filter><filter-name>gate</filter-name><filter-class>jakarta.servlet.http.HttpFilter</filter-class></filter>
                <filter-mapping><filter-name>gate</filter-name><url-pattern>/f/../g/*</url-pattern></filter-mapping>
                <error-page><location>/x/../error.html?at=/y/../z</location></error-page>
                <security-constraint>
                  <web-resource-collection>
                    <web-resource-name>w</web-resource-name><url-pattern>/public/../secret/*</url-pattern>
                  </web-resource-collection>
                  <auth-constraint/>
                </security-constraint>
                <login-config>
                  <auth-method>FORM</auth-method>
                  <form-login-config>
                    <form-login-page>/./login.html</form-login-page><form-error-page>/x/../wrong.html</form-error-page>
                  </form-login-config>
                </login-config>
                """);

        assertThat(app.servlets()).singleElement().satisfies(servlet -> {
            assertThat(servlet.urlPatterns()).containsExactly("/b", "/c/*", "/a b", "/d/");
            assertThat(servlet.jspFile()).contains("/a.jsp");
        });
        assertThat(app.filterMappings())
                .singleElement()
                .satisfies(mapping -> assertThat(mapping.target()).isEqualTo("/g/*"));
        assertThat(app.errorPages())
                .singleElement()
                .satisfies(page -> assertThat(page.location()).isEqualTo("/error.html?at=/y/../z"));
        assertThat(app.security()
                        .constraints()
                        .getFirst()
                        .resources()
                        .getFirst()
                        .urlPatterns())
                .containsExactly("/secret/*");
        assertThat(app.security().login().orElseThrow().loginPage()).contains("/login.html");
        assertThat(app.security().login().orElseThrow().errorPage()).contains("/wrong.html");
    }

    @Test
    void clause_13_3_two_stars_may_be_a_role_that_is_declared() throws WarException, IOException {
        var constraint = """
                <security-constraint>
                  <web-resource-collection>
                    <web-resource-name>w</web-resource-name><url-pattern>/*</url-pattern>
                  </web-resource-collection>
                  <auth-constraint><role-name>**</role-name><role-name>*</role-name></auth-constraint>
                </security-constraint>
                """;
        assertThat(read(constraint).security().roles()).isEmpty();
        assertThat(read(constraint + "<security-role><role-name>**</role-name></security-role>")
                        .security()
                        .roles())
                .containsExactly("**");
    }

    @Test
    void clause_14_4_what_only_a_whole_jakarta_ee_server_has_is_a_warning() throws WarException, IOException {
        read("""
                <ejb-ref><ejb-ref-name>ejb/a</ejb-ref-name><home>a.B</home><remote>a.C</remote></ejb-ref>
                <ejb-local-ref><ejb-ref-name>ejb/b</ejb-ref-name><local>a.C</local></ejb-local-ref>
                <persistence-unit-ref><persistence-unit-ref-name>pu</persistence-unit-ref-name></persistence-unit-ref>
                <persistence-context-ref><persistence-context-ref-name>pc</persistence-context-ref-name></persistence-context-ref>
                <service-ref><service-ref-name>service/x</service-ref-name><service-interface>a.B</service-interface></service-ref>
                <message-destination><message-destination-name>md</message-destination-name></message-destination>
                <administered-object><name>java:app/ao</name><class-name>a.B</class-name></administered-object>
                <managed-executor><name>java:app/me</name></managed-executor>
                """);

        assertThat(warnings)
                .containsExactly(
                        "test.war has <administered-object> java:app/ao, and Narwhal has nothing of that kind: looking it up will fail.",
                        "test.war has <ejb-local-ref> ejb/b, and Narwhal has nothing of that kind: looking it up will fail.",
                        "test.war has <ejb-ref> ejb/a, and Narwhal has nothing of that kind: looking it up will fail.",
                        "test.war has <managed-executor> java:app/me, and Narwhal has nothing of that kind: looking it up will fail.",
                        "test.war has <persistence-context-ref> pc, and Narwhal has nothing of that kind: looking it up will fail.",
                        "test.war has <persistence-unit-ref> pu, and Narwhal has nothing of that kind: looking it up will fail.",
                        "test.war has <service-ref> service/x, and Narwhal has nothing of that kind: looking it up will fail.");
    }

    @ParameterizedTest
    @CsvSource({"false, true", "true, false"})
    void clause_13_4_1_security_annotations_are_inherited_and_do_not_count_beside_a_complete_descriptor(
            boolean complete, boolean guarded) throws WarException, IOException {
        for (var type : List.of(Guarded.class, Inheriting.class)) {
            var file = type.getName().replace('.', '/') + ".class";
            var target = directory.resolve("WEB-INF/classes").resolve(file);
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            try (var in = Objects.requireNonNull(type.getResourceAsStream("/" + file))) {
                Files.write(target, in.readAllBytes());
            }
        }
        var app = read(
                NEWEST.replace(">", " metadata-complete=\"" + complete + "\">"),
                "<servlet><servlet-name>a</servlet-name><servlet-class>" + Inheriting.class.getName()
                        + "</servlet-class></servlet>");

        assertThat(app.servlets())
                .singleElement()
                .satisfies(servlet -> assertThat(servlet.security().isPresent()).isEqualTo(guarded));
    }
}
