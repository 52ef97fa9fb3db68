package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.behaviour.app.Expressions;
import dev.narwhal.behaviour.app.LibraryListener;
import dev.narwhal.behaviour.app.OwnOutTag;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Jakarta Pages 4.0 and Tomcat's habits promise, the same under each dispatch class with two workers. */
@EachDispatch
final class PagesTest {

    /** Each element of a group of pages (Pages 4.0 §3.3), for a directory of its own. */
    private static final String GROUPS = """
            <jsp-property-group><url-pattern>/ignoring/*</url-pattern><el-ignored>true</el-ignored></jsp-property-group>
            <jsp-property-group><url-pattern>/unscripted/*</url-pattern><scripting-invalid>true</scripting-invalid></jsp-property-group>
            <jsp-property-group>
              <url-pattern>/trimmed/*</url-pattern>
              <trim-directive-whitespaces>true</trim-directive-whitespaces>
              <include-prelude>/WEB-INF/first.jspf</include-prelude>
              <include-prelude>/WEB-INF/prelude.jspf</include-prelude>
              <include-coda>/WEB-INF/coda.jspf</include-coda>
            </jsp-property-group>
            <jsp-property-group>
              <url-pattern>/typed/*</url-pattern>
              <page-encoding>ISO-8859-15</page-encoding>
              <default-content-type>text/x-own</default-content-type>
              <buffer>2kb</buffer>
            </jsp-property-group>
            <jsp-property-group>
              <url-pattern>/undeclared/*</url-pattern>
              <error-on-undeclared-namespace>true</error-on-undeclared-namespace>
            </jsp-property-group>
            <jsp-property-group><url-pattern>/strict/*</url-pattern><error-on-el-not-found>true</error-on-el-not-found></jsp-property-group>
            <jsp-property-group>
              <url-pattern>/deferred/*</url-pattern>
              <deferred-syntax-allowed-as-literal>true</deferred-syntax-allowed-as-literal>
            </jsp-property-group>
            <jsp-property-group><url-pattern>/document/*</url-pattern><is-xml>true</is-xml></jsp-property-group>
            """;

    /**
     * Expression Language 6.0 in pages: records and arrays, what is imported (Pages 4.0 §2.8), and whose turn it is (§2.9): implicit objects first, then
     * the application's own resolvers, scoped attributes last.
     */
    private static final String EXPRESSIONS = """
            <%@ page import="java.util.concurrent.TimeUnit, dev.narwhal.behaviour.app.Expressions.Fish" %>
            <%
              pageContext.setAttribute("fish", new Fish("cod", 3));
              pageContext.setAttribute("array", new int[2]);
              pageContext.setAttribute("shadowed", "attribute");
            %>
            ${fish.name} ${fish.count} ${fish.nickname()}
            / ${TimeUnit.DAYS} ${Integer.MAX_VALUE} ${array.length}
            / ${shadowed} ${param.q} ${pageContext.request.method}
            / ${abs(-4)} late <%= dev.narwhal.behaviour.app.Expressions.late(application) %>
            """;

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path directory) {
        narwhal = narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=2",
                // its own content for each, so that every one has its pages compiled anew
                war(dispatch).write(directory.resolve("pages.war")) + "=/",
                ownLibrary(dispatch).write(directory.resolve("own.war")) + "=/own");
    }

    private static WarBuilder war(String dispatch) {
        var library = new WarBuilder()
                .file("META-INF/lib.tld", """
                        <taglib xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0">
                          <tlib-version>1</tlib-version><short-name>lib</short-name><uri>urn:lib</uri>
                          <listener><listener-class>%s</listener-class></listener>
                          <tag-file><name>boxed</name><path>/META-INF/tags/boxed.tag</path></tag-file>
                        </taglib>
                        """.formatted(LibraryListener.class.getName()))
                .file("META-INF/tags/boxed.tag", "[<jsp:doBody/>]")
                .file(
                        "META-INF/resources/from-jar.jsp",
                        "<%@ taglib prefix='l' uri='urn:lib' %><l:boxed>${2 * 21}</l:boxed>");
        return new WarBuilder()
                .descriptor("""
                        <!-- %s -->
                        <servlet>
                          <servlet-name>jsp</servlet-name>
                          <servlet-class>org.apache.jasper.servlet.JspServlet</servlet-class>
                          <init-param><param-name>xpoweredBy</param-name><param-value>true</param-value></init-param>
                        </servlet>
                        <servlet-mapping><servlet-name>jsp</servlet-name><url-pattern>*.page</url-pattern></servlet-mapping>
                        <servlet>
                          <servlet-name>one</servlet-name>
                          <jsp-file>/WEB-INF/one.jsp</jsp-file>
                          <init-param><param-name>given</param-name><param-value>parameter</param-value></init-param>
                          <load-on-startup>1</load-on-startup>
                        </servlet>
                        <servlet-mapping><servlet-name>one</servlet-name><url-pattern>/one/*</url-pattern></servlet-mapping>
                        <jsp-config>
                          <taglib><taglib-uri>urn:named</taglib-uri><taglib-location>/WEB-INF/named.tld</taglib-location></taglib>
                          <jsp-property-group>
                            <url-pattern>/group/*</url-pattern>
                            <include-coda>/WEB-INF/coda.jspf</include-coda>
                          </jsp-property-group>
                          %s
                        </jsp-config>
                        """.formatted(dispatch, GROUPS))
                .classes(LibraryListener.class, Expressions.class)
                .library("lib.jar", library)
                .file("el.jsp", EXPRESSIONS)
                .file("index.jsp", "welcome, ${applicationScope.library}")
                .file("reading.jsp", "<%= request.getParameter(\"a\").length() %>")
                .file("other.page", "a page ${1 + 1}")
                .file("document.jspx", """
                        <r xmlns:jsp="http://java.sun.com/JSP/Page"><jsp:directive.page contentType="text/xml"/>${3 * 3}</r>
                        """)
                .file("ignoring/a.jsp", "${1 + 1} <%= 1 + 1 %>")
                .file("unscripted/a.jsp", "<%= 1 %>")
                .file(
                        "trimmed/a.jsp",
                        "<%@ page session=\"false\" %>\n  \n<%@ page import=\"java.util.List\" %>\n page ")
                .file("WEB-INF/first.jspf", "first,")
                .file("WEB-INF/prelude.jspf", "prelude,")
                .file(
                        "typed/a.jsp",
                        "<%= \"å\".length() %> <%= out.getBufferSize() %> ${pageContext.response.contentType}")
                .file(
                        "typed/own.jsp",
                        "<%@ page contentType=\"text/x-page\" %><%= out.getBufferSize() %> ${pageContext.response.contentType}")
                .file("undeclared/a.jsp", "<u:tag/>")
                .file("undeclared.jsp", "<u:tag/>")
                .file("strict/a.jsp", "${nothing}")
                .file("lenient.jsp", "[${nothing}]")
                .file("deferred/a.jsp", "#{later}")
                .file("deferred.jsp", "#{later}")
                .file(
                        "document/a.jsp",
                        "<r xmlns:jsp=\"http://java.sun.com/JSP/Page\"><jsp:text>${3 * 4}</jsp:text></r>")
                .file("group/any.txt", "any ${1 == 1} ")
                .file("WEB-INF/coda.jspf", "coda")
                .file("WEB-INF/one.jsp", "<%= config.getInitParameter(\"given\") + request.getPathInfo() %>")
                .file("WEB-INF/named.tld", """
                        <taglib xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0">
                          <tlib-version>1</tlib-version><short-name>named</short-name>
                          <function>
                            <name>max</name><function-class>java.lang.Math</function-class>
                            <function-signature>int max(int, int)</function-signature>
                          </function>
                        </taglib>
                        """)
                .file("named.jsp", "<%@ taglib prefix='n' uri='urn:named' %>${n:max(3, 4)}")
                .file("standard.jsp", """
                        <%@ taglib prefix="c" uri="jakarta.tags.core" %>
                        <%@ taglib prefix="fmt" uri="jakarta.tags.fmt" %>
                        <%@ taglib prefix="x" uri="jakarta.tags.xml" %>
                        <c:forEach var="i" begin="1" end="3">${i}</c:forEach>
                        <fmt:setLocale value="en"/><fmt:formatNumber value="0.25" type="percent"/>
                        <x:parse var="doc"><a><b>c</b></a></x:parse><x:out select="$doc/a/b"/>
                        """)
                .file("standard-before.jsp", "<%@ taglib prefix='c' uri='http://java.sun.com/jsp/jstl/core' %>")
                .file("lambda.jsp", "${[1, 2, 3].stream().map(n -> n * n).sum()}")
                .file("bean.jsp", """
                        <jsp:useBean id="counter" class="java.util.concurrent.atomic.AtomicInteger"/>
                        <%= counter.incrementAndGet() %>
                        """)
                .file("hidden.jsp", """
                        <%!
                          String find(String name) {
                            try {
                              Class.forName(name, false, getServletContext().getClassLoader());
                              return " visible";
                            } catch (ClassNotFoundException e) {
                              return " hidden";
                            }
                          }
                        %>
                        engine<%= find("org.apache.jasper.compiler.Compiler") %>
                        compiler<%= find("org.eclipse.jdt.core.compiler.IProblem") %>
                        jstl<%= find("org.apache.taglibs.standard.Version") %>
                        undertow<%= find("io.undertow.Undertow") %>
                        api<%= find("jakarta.servlet.jsp.JspFactory") %>
                        el<%= jakarta.el.ExpressionFactory.newInstance().getClass().getName() %>
                        """)
                .file("broken.jsp", "<p>one</p>\n<% int x = \"a\"; %>\n")
                .file("unclosed.jsp", "one\ntwo\n${ \n")
                .file("failing.jsp", "<% if (true) throw new IllegalStateException(\"thrown by a page\"); %>")
                .file("slow.jsp", "<%@ include file=\"index.jsp\" %> <%= ProcessHandle.current().pid() %>");
    }

    /** Brings JSTL's core library with a tag of its own. */
    private static WarBuilder ownLibrary(String dispatch) {
        var jar = new WarBuilder()
                .file("META-INF/c.tld", """
                        <taglib xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0">
                          <tlib-version>9</tlib-version><short-name>c</short-name><uri>jakarta.tags.core</uri>
                          <tag>
                            <name>out</name><tag-class>%s</tag-class><body-content>empty</body-content>
                            <attribute><name>value</name><rtexprvalue>true</rtexprvalue></attribute>
                          </tag>
                        </taglib>
                        """.formatted(OwnOutTag.class.getName()))
                .jarClasses(OwnOutTag.class);
        return new WarBuilder()
                .descriptor("<!-- " + dispatch + " -->")
                .library("jstl.jar", jar)
                .file("index.jsp", "<%@ taglib prefix='c' uri='jakarta.tags.core' %><c:out value='${1 + 1}'/>");
    }

    @Test
    void a_form_with_too_many_fields_is_the_mistake_of_the_client_in_a_page_too() throws IOException {
        var form = "a=b&".repeat(1001);
        try (var http = Http.connect(narwhal.port())) {
            var answer = http.send("POST /reading.jsp HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + form.length()
                            + "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n" + form)
                    .response();

            assertThat(answer.status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ | welcome, initialized",
                "/index.jsp | welcome, initialized",
                "/other.page | a page 2",
                "/document.jspx | <r>9</r>",
                "/group/any.txt | any true coda",
                "/ignoring/a.jsp | ${1 + 1} 2",
                "/trimmed/a.jsp | first,prelude, page coda",
                "/typed/a.jsp | 2 2048 text/x-own;charset=ISO-8859-15",
                "/typed/own.jsp | 2048 text/x-page;charset=ISO-8859-15",
                "/undeclared.jsp | <u:tag/>",
                "/lenient.jsp | []",
                "/deferred/a.jsp | #{later}",
                "/document/a.jsp | <r>12</r>",
                "/one/more | parameter/more",
                "/from-jar.jsp | [42]",
                "/named.jsp | 4",
                "/standard.jsp | 123 25% c",
                "/lambda.jsp | 14",
                "/bean.jsp | 1",
                "/el.jsp?q=1 | cod 3 Optional.empty / DAYS 2147483647 2 / resolver 1 GET / 4 late too late",
                "/own/ | own 2"
            })
    void a_page_renders(String path, String text) throws IOException {
        var response = get(path);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text().strip().replaceAll("\\s+", " ")).endsWith(text);
    }

    @Test
    void what_a_page_is_compiled_against_stays_hidden_from_the_application() throws IOException {
        assertThat(get("/hidden.jsp").text().strip().lines().map(String::strip))
                .contains(
                        "engine hidden",
                        "compiler hidden",
                        "jstl hidden",
                        "undertow hidden",
                        "api visible",
                        "elorg.apache.el.ExpressionFactoryImpl");
    }

    @Test
    void the_servlet_of_pages_takes_its_parameters_from_the_descriptor() throws IOException {
        assertThat(get("/index.jsp").header("X-Powered-By"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("JSP/"));
    }

    @Test
    void sources_are_not_shown() throws IOException {
        assertThat(get("/WEB-INF/one.jsp").status()).isEqualTo(404);
        assertThat(get("/nowhere.jsp").status()).isEqualTo(404);
        assertThat(get("/WEB-INF/named.tld").status()).isEqualTo(404);
    }

    @Test
    void a_page_that_cannot_be_compiled_is_one_line_in_the_log() throws IOException {
        for (var page : new String[] {"/broken.jsp", "/broken.jsp", "/unclosed.jsp"}) {
            assertThat(get(page).status()).isEqualTo(500);
        }
        narwhal.awaitLog(Pattern.compile(
                "ERROR worker \\d .*: compiling /broken.jsp:2: Type mismatch: cannot convert from String to int"));
        narwhal.awaitLog(Pattern.compile("ERROR worker \\d .*: compiling /unclosed.jsp:3: "));
        assertThat(narwhal.log().lines()).noneMatch(line -> line.contains("JasperException"));
        assertThat(narwhal.log().lines().stream()
                        .filter(LogLines.STACK_FRAME.asPredicate())
                        .filter(line -> line.contains("PageCompiler")))
                .isEmpty();
    }

    @Test
    void the_names_that_jstl_had_before_jakarta_are_those_of_a_library_that_the_application_brings()
            throws IOException {
        assertThat(get("/standard-before.jsp").status()).isEqualTo(500);
        narwhal.awaitLog(Pattern.compile(
                "ERROR worker \\d .*: compiling /standard-before.jsp: .*http://java.sun.com/jsp/jstl/core"));
    }

    @Test
    void an_exception_in_a_page_is_logged_like_that_of_a_servlet() throws IOException {
        assertThat(get("/failing.jsp").status()).isEqualTo(500);
        narwhal.awaitLog(Pattern.compile("IllegalStateException: thrown by a page"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/unscripted/a.jsp | compiling /unscripted/a.jsp:1: Scripting elements",
                "/undeclared/a.jsp | compiling /undeclared/a.jsp:1: ",
                "/deferred.jsp | compiling /deferred.jsp:1: ",
                "/strict/a.jsp | PropertyNotFoundException"
            })
    void a_group_of_pages_may_make_an_error_of_what_is_none(String path, String told) throws IOException {
        assertThat(get(path).status()).isEqualTo(500);
        narwhal.awaitLog(Pattern.compile(Pattern.quote(told)));
    }

    /** Both workers are asked for a page that neither has seen, and one process compiles it. */
    @Test
    void many_may_ask_for_a_new_page_at_once() throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = executor.invokeAll(IntStream.range(0, 12)
                    .<Callable<Response>>mapToObj(_ -> () -> get("/slow.jsp"))
                    .toList());
            for (var answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
                assertThat(answer.get().text()).startsWith("welcome, initialized ");
            }
        }
    }

    private Response get(String path) throws IOException {
        return Http.get(narwhal.port(), path);
    }
}
