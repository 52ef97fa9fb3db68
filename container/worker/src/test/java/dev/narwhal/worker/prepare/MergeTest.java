package dev.narwhal.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.worker.Archive;
import dev.narwhal.worker.war.Security.Access;
import dev.narwhal.worker.war.WarException;
import dev.narwhal.worker.war.WebApp;
import dev.narwhal.worker.war.WebApp.FilterMapping;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.SessionTrackingMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeTest {

    private static final String ANNOTATED = """
            import jakarta.servlet.annotation.*;
            @WebServlet(name = "annotated", urlPatterns = {"/a", "/b"}, loadOnStartup = 3, asyncSupported = true,
                    initParams = {@WebInitParam(name = "x", value = "from annotation"), @WebInitParam(name = "y", value = "2")})
            @MultipartConfig(location = "up", maxFileSize = 10, maxRequestSize = 20, fileSizeThreshold = 30)
            @ServletSecurity(value = @HttpConstraint(rolesAllowed = "admin", transportGuarantee = ServletSecurity.TransportGuarantee.CONFIDENTIAL),
                    httpMethodConstraints = @HttpMethodConstraint(value = "TRACE", emptyRoleSemantic = ServletSecurity.EmptyRoleSemantic.DENY))
            public class Annotated extends jakarta.servlet.http.HttpServlet {}
            """;
    private static final String FILTER = """
            import jakarta.servlet.*;
            import jakarta.servlet.annotation.*;
            @WebFilter(filterName = "f", value = "/*", servletNames = "annotated", dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ASYNC})
            public class F implements Filter {
                public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {}
            }
            """;
    private static final String LISTENER =
            "@jakarta.servlet.annotation.WebListener public class L implements jakarta.servlet.ServletContextListener {}";
    private static final String PLAIN = "public class Plain extends jakarta.servlet.http.HttpServlet {}";

    @TempDir
    private Path directory;

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(directory);
    }

    private WebApp read(Archive war) throws WarException, IOException {
        return workshop.read(war);
    }

    private static WebApp.Servlet servlet(WebApp webApp, String name) {
        return webApp.servlets().stream()
                .filter(servlet -> servlet.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void annotations_alone_make_an_application() throws Exception {
        var webApp = read(
                Archive.war().source("Annotated", ANNOTATED).source("F", FILTER).source("L", LISTENER));

        var servlet = servlet(webApp, "annotated");
        assertThat(servlet.className()).contains("Annotated");
        assertThat(servlet.urlPatterns()).containsExactly("/a", "/b");
        assertThat(servlet.initParams()).containsExactly(Map.entry("x", "from annotation"), Map.entry("y", "2"));
        assertThat(servlet.loadOnStartup()).contains(3);
        assertThat(servlet.asyncSupported()).isTrue();
        assertThat(servlet.multipart()).contains(new WebApp.Multipart("up", 10, 20, 30));
        var security = servlet.security().orElseThrow();
        assertThat(security.access()).isEqualTo(new Access(Access.Rule.ROLES, List.of("admin")));
        assertThat(security.confidential()).isTrue();
        assertThat(security.methods().getFirst().access()).isEqualTo(Access.DENY);
        assertThat(webApp.security().roles()).containsExactly("admin");
        assertThat(webApp.filterMappings())
                .containsExactly(
                        new FilterMapping(
                                "f",
                                FilterMapping.By.URL_PATTERN,
                                "/*",
                                List.of(DispatcherType.REQUEST, DispatcherType.ASYNC)),
                        new FilterMapping(
                                "f",
                                FilterMapping.By.SERVLET_NAME,
                                "annotated",
                                List.of(DispatcherType.REQUEST, DispatcherType.ASYNC)));
        assertThat(webApp.listeners()).containsExactly("L");
        assertThat(webApp.welcomeFiles()).containsExactly("index.html", "index.htm", "index.jsp");
        assertThat(webApp.version()).isEqualTo(new WebApp.Version(6, 1));
        assertThat(webApp.distributable()).isFalse();
        assertThat(webApp.layout().orderedLibs()).isEmpty();
    }

    @Test
    void web_xml_wins_over_annotations() throws Exception {
        var webApp = read(Archive.war().source("Annotated", ANNOTATED).webXml("""
                                <servlet><servlet-name>annotated</servlet-name><servlet-class>Annotated</servlet-class>
                                  <init-param><param-name>x</param-name><param-value>from web.xml</param-value></init-param>
                                  <multipart-config><max-file-size>1</max-file-size></multipart-config>
                                </servlet>
                                <servlet-mapping><servlet-name>annotated</servlet-name><url-pattern>/c</url-pattern></servlet-mapping>
                                """));

        var servlet = servlet(webApp, "annotated");
        assertThat(servlet.urlPatterns()).containsExactly("/c");
        assertThat(servlet.initParams()).containsEntry("x", "from web.xml").containsEntry("y", "2");
        assertThat(servlet.loadOnStartup()).contains(3);
        assertThat(servlet.multipart()).contains(new WebApp.Multipart("", 1, -1, 0));
    }

    @Test
    void a_complete_descriptor_ignores_annotations_and_fragments_but_not_initializers() throws Exception {
        var webApp = read(Archive.war()
                .source("Annotated", ANNOTATED)
                .source("L", LISTENER)
                .webXml("metadata-complete=\"true\"", "<distributable/>")
                .lib(
                        "a.jar",
                        jar -> jar.fragment("<context-param><param-name>a</param-name><param-value>1</param-value>"
                                        + "</context-param>")
                                .source("Init", initializer("Init", "jakarta.servlet.Servlet"))
                                .file("META-INF/services/jakarta.servlet.ServletContainerInitializer", "Init")));

        assertThat(webApp.metadataComplete()).isTrue();
        assertThat(webApp.distributable()).isTrue();
        assertThat(webApp.servlets()).isEmpty();
        assertThat(webApp.listeners()).isEmpty();
        assertThat(webApp.contextParams()).isEmpty();
        assertThat(webApp.initializers())
                .containsExactly(new WebApp.Initializer("Init", WebApp.Initializer.Origin.WAR, List.of("Annotated")));
    }

    @Test
    void fragments_are_merged_in_their_order_after_web_xml() throws Exception {
        var webApp = read(Archive.war()
                .source("Plain", PLAIN)
                .webXml("""
                        <distributable/>
                        <listener><listener-class>L</listener-class></listener>
                        <welcome-file-list><welcome-file>/start.html</welcome-file></welcome-file-list>
                        """)
                .source("L", LISTENER)
                .lib(
                        "a.jar",
                        jar -> jar.fragment("<name>a</name><ordering><after><name>b</name></after></ordering>"
                                        + listener("A"))
                                .source("A", LISTENER.replace("class L", "class A"))
                                .file("META-INF/resources/a.txt", "a"))
                .lib(
                        "b.jar",
                        jar -> jar.fragment("<name>b</name><distributable/>" + listener("B"))
                                .source("B", LISTENER.replace("class L", "class B"))
                                .file("META-INF/resources/sub/b.txt", "b")));

        assertThat(webApp.listeners()).containsExactly("L", "B", "A");
        assertThat(webApp.distributable()).as("a.jar does not say so").isFalse();
        assertThat(webApp.welcomeFiles()).containsExactly("start.html");
        assertThat(webApp.layout().orderedLibs()).contains(List.of("b.jar", "a.jar"));
        assertThat(webApp.layout().fragments())
                .containsExactly(new WebApp.Fragment("b", "b.jar"), new WebApp.Fragment("a", "a.jar"));
        assertThat(webApp.layout().resourceRoots().get(0).resolve("sub/b.txt")).hasContent("b");
        assertThat(webApp.layout().resourceRoots().get(1).resolve("a.txt")).hasContent("a");
        assertThat(webApp.layout().classPath())
                .containsExactly(
                        webApp.layout().documentRoot().resolve("WEB-INF/classes"),
                        webApp.layout().documentRoot().resolve("WEB-INF/lib/a.jar"),
                        webApp.layout().documentRoot().resolve("WEB-INF/lib/b.jar"));
    }

    @Test
    void a_fragment_that_the_absolute_ordering_leaves_out_takes_no_part() throws Exception {
        var webApp = read(Archive.war()
                .webXml("<absolute-ordering><name>b</name></absolute-ordering>")
                .lib(
                        "a.jar",
                        jar -> jar.fragment("<name>a</name>" + listener("A"))
                                .source("A", LISTENER.replace("class L", "class A"))
                                .source("Init", initializer("Init", "jakarta.servlet.Servlet"))
                                .file("META-INF/services/jakarta.servlet.ServletContainerInitializer", "Init")
                                .file("META-INF/resources/a.txt", "a"))
                .lib("b.jar", jar -> jar.fragment("<name>b</name>").source("Annotated", ANNOTATED)));

        assertThat(webApp.listeners()).isEmpty();
        assertThat(webApp.initializers()).isEmpty();
        assertThat(webApp.servlets()).hasSize(1);
        assertThat(webApp.layout().orderedLibs()).contains(List.of("b.jar"));
        assertThat(webApp.layout().classPath())
                .as("its classes can still be used")
                .hasSize(2);
        assertThat(webApp.layout().resourceRoots()).hasSize(1);
    }

    @Test
    void fragments_that_contradict_each_other_are_an_error_unless_web_xml_decides() throws Exception {
        var war = Archive.war()
                .source("Plain", PLAIN)
                .lib("a.jar", jar -> jar.fragment(plainWith("x", "1")))
                .lib("b.jar", jar -> jar.fragment(plainWith("x", "2")));

        assertThatThrownBy(() -> read(war))
                .isInstanceOf(WarException.class)
                .hasMessageContainingAll("b.jar contradicts", "init parameter: x", "WEB-INF/web.xml");

        war.webXml(plainWith("x", "3"));
        assertThat(servlet(read(war), "plain").initParams()).containsEntry("x", "3");
    }

    @Test
    void what_fragments_and_web_xml_say_in_the_same_words_is_no_conflict() throws Exception {
        var element = """
                <servlet><servlet-name>plain</servlet-name><servlet-class>Plain</servlet-class>
                <load-on-startup>1</load-on-startup><multipart-config/></servlet>
                """;
        var webApp = read(Archive.war()
                .source("Plain", PLAIN)
                .webXml(element)
                .lib("a.jar", jar -> jar.fragment(element))
                .lib("b.jar", jar -> jar.fragment(element)));

        assertThat(servlet(webApp, "plain").loadOnStartup()).contains(1);
    }

    @Test
    void the_chain_has_url_patterns_before_servlet_names() throws Exception {
        var webApp = read(
                Archive.war().source("F", FILTER).source("Plain", PLAIN).webXml("metadata-complete=\"true\"", """
                                <filter><filter-name>one</filter-name><filter-class>F</filter-class></filter>
                                <filter><filter-name>two</filter-name><filter-class>F</filter-class></filter>
                                <filter-mapping><filter-name>one</filter-name><servlet-name>default</servlet-name></filter-mapping>
                                <filter-mapping><filter-name>two</filter-name><url-pattern>*</url-pattern><dispatcher>ERROR</dispatcher></filter-mapping>
                                <filter-mapping><filter-name>one</filter-name><url-pattern>/x/*</url-pattern></filter-mapping>
                                <servlet-mapping><servlet-name>default</servlet-name><url-pattern>/static/*</url-pattern></servlet-mapping>
                                """));

        assertThat(webApp.filterMappings())
                .containsExactly(
                        new FilterMapping("two", FilterMapping.By.URL_PATTERN, "/*", List.of(DispatcherType.ERROR)),
                        new FilterMapping("one", FilterMapping.By.URL_PATTERN, "/x/*", List.of(DispatcherType.REQUEST)),
                        new FilterMapping(
                                "one", FilterMapping.By.SERVLET_NAME, "default", List.of(DispatcherType.REQUEST)));
        assertThat(servlet(webApp, "default").className())
                .as("mapped but not declared: the container's")
                .isEmpty();
    }

    @Test
    void the_rest_of_web_xml_arrives() throws Exception {
        var webApp = read(Archive.war().webXml(REST));

        assertThat(webApp.displayName()).contains("Shop");
        assertThat(webApp.errorPages())
                .containsExactly(
                        new WebApp.ErrorPage(Optional.of(404), Optional.empty(), "/404.html"),
                        new WebApp.ErrorPage(Optional.empty(), Optional.of("java.io.IOException"), "/io"),
                        new WebApp.ErrorPage(Optional.empty(), Optional.empty(), "/other"));
        assertThat(webApp.mimeTypes()).containsEntry("tusk", "application/x-tusk");
        assertThat(webApp.localeEncodings()).containsEntry("ja", "Shift_JIS");
        assertThat(webApp.session().timeout()).isEqualTo(Duration.ZERO);
        assertThat(webApp.session().trackingModes()).containsExactly(SessionTrackingMode.COOKIE);
        assertThat(webApp.session().cookie().name()).contains("S");
        assertThat(webApp.session().cookie().httpOnly()).contains(true);
        assertThat(webApp.session().cookie().secure()).isEmpty();
        assertThat(webApp.session().cookie().attributes()).containsEntry("SameSite", "Strict");
        assertThat(webApp.security().denyUncoveredHttpMethods()).isTrue();
        assertThat(webApp.security().roles()).containsExactly("admin", "user");
        assertThat(webApp.security().login().orElseThrow().loginPage()).contains("/login");
        assertThat(webApp.security().constraints())
                .extracting(constraint -> constraint.access().rule())
                .containsExactly(Access.Rule.ROLES, Access.Rule.DENY, Access.Rule.PERMIT);
        assertThat(webApp.security().constraints().getFirst().confidential()).isTrue();
        assertThat(webApp.naming().envEntries().getFirst().value()).contains("7");
        assertThat(webApp.naming().resourceRefs().getFirst().name()).isEqualTo("jdbc/shop");
        assertThat(webApp.jsp().propertyGroups().getFirst().urlPatterns()).containsExactly("*.jsp");
        assertThat(webApp.requestCharacterEncoding()).contains("UTF-8");
        assertThat(webApp.responseCharacterEncoding()).contains("UTF-16");
        assertThat(webApp.defaultContextPath()).contains("/shop");
    }

    @Test
    void an_old_descriptor_with_a_dtd_is_read_without_the_dtd() throws Exception {
        var webApp = read(Archive.war().source("Plain", PLAIN).file("WEB-INF/web.xml", """
                                <!DOCTYPE web-app PUBLIC "-//Sun Microsystems, Inc.//DTD Web Application 2.3//EN"
                                    "http://127.0.0.1:1/web-app_2_3.dtd" [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
                                <web-app><display-name>x&secret;</display-name></web-app>
                                """));

        assertThat(webApp.version()).isEqualTo(new WebApp.Version(2, 3));
        assertThat(webApp.displayName()).contains("x");
    }

    @Test
    void an_initializer_gets_every_class_of_the_types_that_it_handles() throws Exception {
        var webApp = read(Archive.war()
                .source("Mark", "@java.lang.annotation.Inherited public @interface Mark {}")
                .source("OnField", "public class OnField { @Mark int field; }")
                .source("OnMethod", "public class OnMethod { @Mark void method() {} }")
                .source("OnParameter", "public class OnParameter { void method(@Mark int parameter) {} }")
                .source("OnClass", "@Mark public class OnClass {}")
                .source("Heir", "public class Heir extends OnClass {}")
                .source("Plain", PLAIN)
                .source("Deep", "public class Deep extends Plain {}")
                .source("Kind", "public interface Kind extends java.util.List<String> {}")
                .source("Some", "public class Some extends java.util.ArrayList<String> {}")
                .lib(
                        "i.jar",
                        jar -> jar.source("Mark", "@java.lang.annotation.Inherited public @interface Mark {}")
                                .source(
                                        "Init",
                                        initializer("Init", "jakarta.servlet.Servlet", "Mark", "java.util.Collection"))
                                .file(
                                        "META-INF/services/jakarta.servlet.ServletContainerInitializer",
                                        "# comment\n\n Init # the one\n")));

        assertThat(webApp.initializers().getFirst().handledTypes())
                .containsExactly("Deep", "Heir", "Kind", "OnClass", "OnField", "OnMethod", "Plain", "Some");
    }

    private static String initializer(String name, String... types) {
        return """
               @jakarta.servlet.annotation.HandlesTypes({%s.class})
               public class %s implements jakarta.servlet.ServletContainerInitializer {
                   public void onStartup(java.util.Set<Class<?>> types, jakarta.servlet.ServletContext context) {}
               }
               """.formatted(String.join(".class, ", types), name);
    }

    private static String listener(String className) {
        return "<listener><listener-class>" + className + "</listener-class></listener>";
    }

    private static String plainWith(String param, String value) {
        return "<servlet><servlet-name>plain</servlet-name><servlet-class>Plain</servlet-class><init-param><param-name>"
                + param + "</param-name><param-value>" + value + "</param-value></init-param></servlet>";
    }

    private static final String REST = """
            <display-name>Shop</display-name>
            <error-page><error-code>404</error-code><location>/404.html</location></error-page>
            <error-page><exception-type>java.io.IOException</exception-type><location>/io</location></error-page>
            <error-page><location>/other</location></error-page>
            <mime-mapping><extension>tusk</extension><mime-type>application/x-tusk</mime-type></mime-mapping>
            <locale-encoding-mapping-list><locale-encoding-mapping><locale>ja</locale><encoding>Shift_JIS</encoding>
            </locale-encoding-mapping></locale-encoding-mapping-list>
            <session-config><session-timeout>-1</session-timeout><cookie-config><name>S</name><http-only>true</http-only>
            <attribute><attribute-name>SameSite</attribute-name><attribute-value>Strict</attribute-value></attribute>
            </cookie-config><tracking-mode>COOKIE</tracking-mode></session-config>
            <security-constraint><web-resource-collection><web-resource-name>a</web-resource-name>
            <url-pattern>/a/*</url-pattern></web-resource-collection><auth-constraint><role-name>user</role-name>
            </auth-constraint><user-data-constraint><transport-guarantee>CONFIDENTIAL</transport-guarantee>
            </user-data-constraint></security-constraint>
            <security-constraint><web-resource-collection><web-resource-name>b</web-resource-name>
            <url-pattern>/b</url-pattern></web-resource-collection><auth-constraint/></security-constraint>
            <security-constraint><web-resource-collection><web-resource-name>c</web-resource-name>
            <url-pattern>/c</url-pattern></web-resource-collection></security-constraint>
            <login-config><auth-method>FORM</auth-method><form-login-config><form-login-page>/login</form-login-page>
            <form-error-page>/error</form-error-page></form-login-config></login-config>
            <security-role><role-name>admin</role-name></security-role>
            <deny-uncovered-http-methods/>
            <env-entry><env-entry-name>n</env-entry-name><env-entry-type>java.lang.Integer</env-entry-type>
            <env-entry-value>7</env-entry-value></env-entry>
            <resource-ref><res-ref-name>jdbc/shop</res-ref-name><res-type>javax.sql.DataSource</res-type></resource-ref>
            <jsp-config><jsp-property-group><url-pattern>*.jsp</url-pattern><el-ignored>true</el-ignored>
            </jsp-property-group></jsp-config>
            <default-context-path>/shop</default-context-path>
            <request-character-encoding>UTF-8</request-character-encoding>
            <response-character-encoding>UTF-16</response-character-encoding>
            """;
}
