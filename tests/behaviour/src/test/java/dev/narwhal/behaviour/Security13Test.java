package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.behaviour.app.AnnotatedServlet;
import dev.narwhal.behaviour.app.RegisteringListener;
import dev.narwhal.behaviour.app.WhoServlet;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Scratch;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servlet 6.1, chapter 13, with two workers. A {@link Browser} keeps its connection, and so its worker and its session. */
@EachDispatch
final class Security13Test {

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path directory) throws IOException {
        var users = """
                # everybody
                alice = wonder, admin, member
                bob=builder,member
                zoë=påss, member
                carol=$2y$05$CCCCCCCCCCCCCCCCCCCCC.Pv.TQgSGieWph.eog1e8xhQ6Q8fsrCG,member
                erin=$ha1$digest$%s,member
                """.formatted(md5("erin:digest:knows")) + "dave=" + hash("let me, in") + ",member\n";
        Files.writeString(directory.resolve("users"), users);
        narwhal = narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=2",
                "--users=" + directory.resolve("users"),
                "--redirect-port=8443",
                "--forwarded-allow-ips=127.0.0.0/8,::1",
                basic().write(directory.resolve("basic.war")) + "=/basic",
                login("DIGEST", "digest").write(directory.resolve("digest.war")) + "=/digest",
                login("CLIENT-CERT", "cert").write(directory.resolve("cert.war")) + "=/cert",
                uncovered().write(directory.resolve("uncovered.war")) + "=/uncovered",
                form().write(directory.resolve("form.war")) + "=/form",
                asking().write(directory.resolve("asking.war")) + "=/asking");
    }

    private static String hash(String password) throws IOException {
        var input = Files.writeString(Scratch.directory().resolve("password"), password + "\n");
        var hash = Launch.of("hash-password", "--iterations", "2000")
                .prefixedBy("sh", "-c", "exec \"$@\" < " + input, "sh")
                .finish();
        assertThat(hash.exitCode()).isZero();
        return hash.out().strip();
    }

    // ---- 13.3, 13.10: who is it

    @Test
    void clause_13_3_a_page_without_constraint_needs_no_login() throws IOException {
        assertThat(get("/basic/who", "").text()).contains("user null principal null by null", "** false");
    }

    @Test
    void clause_13_3_the_request_tells_who_asks_and_in_which_roles() throws IOException {
        assertThat(get("/basic/member/who", basic("alice", "wonder")).text())
                .contains(
                        "user alice principal alice by BASIC", "admin true, boss true, * false, ** true, runner false");
        assertThat(get("/basic/member/who", basic("bob", "builder")).text())
                .contains("user bob principal bob by BASIC", "admin false, boss false, * false, ** true");
    }

    @Test
    void clause_13_6_1_basic_challenges_with_realm_and_charset() throws IOException {
        for (var authorization :
                new String[] {"", basic("alice", "nope"), basic("nobody", "wonder"), "Authorization: Basic !\r\n"}) {
            var response = get("/basic/member/who", authorization);

            assertThat(response.status()).isEqualTo(401);
            assertThat(response.header("WWW-Authenticate"))
                    .contains("Basic realm=\"The \\\"inner\\\" circle\", charset=\"UTF-8\"");
            assertThat(response.text()).isEqualTo("who are you?");
        }
    }

    @ParameterizedTest
    @CsvSource({"zoë, påss", "carol, bcrypt", "dave, 'let me, in'", "erin, knows"})
    void clause_13_6_1_passwords_of_every_kind(String name, String password) throws IOException {
        assertThat(get("/basic/member/who", basic(name, password)).text()).contains("user " + name + " ");
        assertThat(get("/basic/member/who", basic(name, password + "!")).status())
                .isEqualTo(401);
    }

    @Test
    void a_hash_is_not_computed_at_every_request() throws IOException {
        assertThat(get("/basic/member/who", basic("dave", "let me, in")).status())
                .isEqualTo(200);
        assertThat(get("/basic/member/who", basic("dave", "let me, in")).status())
                .isEqualTo(200);
        assertThat(get("/basic/member/who", basic("dave", "let me, in ")).status())
                .isEqualTo(401);
        assertThat(get("/basic/member/who", basic("dav", "let me, in")).status())
                .isEqualTo(401);
    }

    // ---- 13.8: which constraint

    @ParameterizedTest
    @CsvSource({
        "GET, /basic/admin/who, alice, 200",
        "GET, /basic/admin/who, bob, 403",
        "GET, /basic/admin/who, '', 401",
        "GET, /basic/member/nobody/who, alice, 403",
        "GET, /basic/member/nobody/who, '', 403",
        "GET, /basic/any/who, bob, 200",
        "GET, /basic/any/who, '', 401",
        "GET, /basic/all/who, bob, 200",
        "GET, /basic/all/who, '', 401",
        // 13.8.1: deny outdoes everybody, everybody outdoes roles, roles add up
        "TRACE, /basic/combined/who, alice, 403",
        "GET, /basic/combined/who, '', 200",
        "GET, /basic/roles/who, bob, 200",
        "GET, /basic/roles/who, alice, 200",
        "GET, /basic/either/who, bob, 200",
        "GET, /basic/denied/who, '', 403",
        // 13.8.2, methods and omissions; extension methods too
        "GET, /basic/reading/who, '', 200",
        "HEAD, /basic/reading/who, '', 200",
        "POST, /basic/reading/who, '', 401",
        "PATCH, /basic/reading/who, bob, 403",
        "REPORT, /basic/reading/who, alice, 200",
        "POST, /basic/writing/who, '', 401",
        "GET, /basic/writing/who, '', 200",
        // 13.8.3: exact, longest prefix, extension, default; also where a path looks like a query
        "GET, /basic/page.secret, '', 401",
        "GET, /basic/a/b/page.secret, '', 401",
        "GET, /basic/page.x%3Fy.secret, '', 401",
        "GET, /basic/member/open.html, '', 200",
        "GET, /basic/member/%6Fpen.html, '', 200",
        "GET, /basic/%6Dember/who, '', 401",
        "GET, /basic/member/../member/who, '', 401",
        "GET, /basic/member;x=y/who, '', 401",
        "GET, /basic/member, '', 401",
        // 3.5.2: a path is looked at as what it comes to, or not at all
        "GET, /basic//member/index.html, '', 401",
        "GET, /basic/./member/index.html, '', 401",
        "GET, /basic/x/../member/index.html, '', 401",
        "GET, //basic///member/index.html, bob, 200",
        "GET, /x/../basic/member/index.html, '', 401",
        "GET, /basic/x/%2e%2e/member/index.html, '', 400",
        "GET, /basic/x/..;/member/index.html, '', 400",
        "GET, /basic/;/member/index.html, '', 400",
        "GET, /basic/member%2Findex.html, '', 400",
        "GET, /basic/../../member/index.html, '', 400",
        "GET, /basic/member/index.html;x=y, '', 401",
        "GET, /basic/member/open.html%00, '', 400",
        // 13.4.1: annotations, and a web.xml that outdoes them
        "GET, /basic/annotated, '', 200",
        "PUT, /basic/annotated, alice, 403",
        "POST, /basic/annotated, alice, 302",
        "DELETE, /basic/annotated, bob, 403",
        "DELETE, /basic/annotated, alice, 200",
        "GET, /basic/overridden, '', 401",
        "PUT, /basic/overridden, bob, 200",
        // 13.4.2: registered by a listener
        "GET, /basic/registered, '', 401",
        "GET, /basic/registered, alice, 403",
        "POST, /basic/registered, alice, 403",
        "GET, /basic/admin/registered, alice, 200",
        // 13.8.4
        "GET, /uncovered/half/who, bob, 200",
        "POST, /uncovered/half/who, bob, 403",
        "PUT, /uncovered/most/who, bob, 403",
        "GET, /uncovered/most/who, bob, 200",
        "POST, /uncovered/who, '', 200"
    })
    void clause_13_8_constraints(String method, String path, String user, int status) throws IOException {
        var password = user.equals("alice") ? "wonder" : "builder";
        try (var browser = Browser.of(narwhal)) {
            assertThat(browser.send(method, path, user.isEmpty() ? "" : basic(user, password), "")
                            .status())
                    .isEqualTo(status);
        }
    }

    @Test
    void clause_13_4_2_a_registration_learns_which_patterns_web_xml_constrains() throws IOException {
        assertThat(get("/basic/who", "").text()).contains("registered untouched [/admin/registered] run as admin");
    }

    @Test
    void clause_13_8_4_methods_that_no_constraint_covers_are_told_of() {
        narwhal.awaitLog(Pattern.compile("/basic has constraints that do not cover all HTTP methods:"
                + " /reading/\\* \\(GET, HEAD\\), /writing/\\* \\(all but POST\\)\\. "));
        assertThat(narwhal.log().text()).doesNotContain("/uncovered has constraints");
    }

    @Test
    void clause_13_2_constraints_are_for_requests_of_clients_and_not_for_dispatches() throws IOException {
        for (var how : new String[] {"forward", "include", "login-async"}) {
            assertThat(get("/basic/who?do=" + how + "&to=/admin/who?do=nothing", "")
                            .text())
                    .as(how)
                    .contains("did nothing");
        }
    }

    @Test
    void clause_13_10_who_it_is_does_not_change_from_dispatch_to_dispatch() throws IOException {
        assertThat(get("/basic/who?do=login-async&to=/who?do=nothing", "").text())
                .contains("user alice");
        assertThat(get("/basic/member/who?do=logout-async&to=/who?do=nothing", basic("bob", "builder"))
                        .text())
                .contains("user null");
    }

    @Test
    void clause_13_8_protected_welcome_files_and_error_pages() throws IOException {
        assertThat(get("/basic/member/", "").status()).isEqualTo(401);
        assertThat(get("/basic/member/", basic("bob", "builder")).text()).isEqualTo("welcome, member");
        assertThat(get("/basic/admin/who", basic("bob", "builder")).text()).isEqualTo("not for you");
    }

    // ---- 13.8.3: transport-guarantee

    @Test
    void clause_13_8_3_what_is_confidential_is_redirected_to_the_tls_port() throws IOException {
        var response = get("/basic/confidential/who?q=a%20b", "");

        assertThat(response.status()).isEqualTo(302);
        assertThat(response.header("Location")).contains("https://localhost:8443/basic/confidential/who?q=a%20b");
    }

    @Test
    void clause_13_8_3_a_trusted_proxy_tells_that_the_client_came_by_tls() throws IOException {
        assertThat(get("/basic/confidential/who", "X-Forwarded-Proto: https\r\n")
                        .text())
                .contains("scheme https secure true port 443");
        assertThat(get("/basic/who?do=session", "X-Forwarded-Proto: https\r\n")
                        .header("Set-Cookie")
                        .orElse(""))
                .containsIgnoringCase("; secure");
        assertThat(get("/basic/who?do=session", "").header("Set-Cookie").orElse(""))
                .contains("JSESSIONID=")
                .doesNotContainIgnoringCase("; secure");
        assertThat(get("/basic/confidential/who", "X-Forwarded-Proto: https,http\r\n")
                        .status())
                .isEqualTo(302);
    }

    // ---- 13.3: login, logout, authenticate

    @Test
    void clause_13_3_an_application_logs_users_in_and_out() throws IOException {
        try (var browser = Browser.of(narwhal)) {
            assertThat(browser.get("/basic/who?do=login&user=alice&password=no").text())
                    .contains("did fail to login", "user null");
            var before = sessionOf(browser.get("/basic/who?do=session"));
            var after = browser.get("/basic/who?do=login&user=alice&password=wonder");
            assertThat(after.text()).contains("did login", "user alice principal alice by BASIC");
            assertThat(sessionOf(after)).isNotEqualTo(before);
            assertThat(browser.get("/basic/admin/who").text()).contains("user alice");
            assertThat(browser.get("/basic/who?do=login&user=bob&password=builder")
                            .text())
                    .contains("did fail to login", "user alice");
            assertThat(browser.get("/basic/who?do=logout").text()).contains("did logout", "user null");
            assertThat(browser.get("/basic/admin/who").status()).isEqualTo(401);
        }
    }

    @Test
    void clause_13_3_an_application_asks_for_a_login_itself() throws IOException {
        assertThat(get("/basic/who?do=authenticate", "").status()).isEqualTo(401);
        assertThat(get("/basic/who?do=authenticate", basic("bob", "builder")).text())
                .contains("did authenticate", "user bob");
        assertThat(get("/uncovered/who?do=authenticate", "").status()).isEqualTo(401);
    }

    @Test
    void a_login_in_a_session_that_exists_changes_its_id_and_is_remembered() throws IOException {
        try (var browser = Browser.of(narwhal)) {
            var before = sessionOf(browser.get("/basic/who?do=session"));
            var after = sessionOf(browser.send("GET", "/basic/member/who", basic("bob", "builder"), ""));
            assertThat(after).isNotEqualTo(before);
            assertThat(browser.get("/basic/member/who").text()).contains("user bob", "by BASIC", after);
        }
        assertThat(get("/basic/member/who", basic("bob", "builder")).header("Set-Cookie"))
                .isEmpty();
    }

    // ---- 13.6.2: DIGEST

    @Test
    void clause_13_6_2_digest_whichever_worker_gave_the_nonce() throws Exception {
        var challenge = get("/digest/member/who", "").header("WWW-Authenticate").orElseThrow();
        assertThat(challenge).startsWith("Digest realm=\"digest\"").contains("qop=\"auth\"");
        for (int i = 0; i < 6; i++) {
            assertThat(get("/digest/member/who?q=a%20b", digest(challenge, "bob", "builder", i))
                            .text())
                    .contains("user bob principal bob by DIGEST");
        }
        assertThat(get("/digest/member/who?q=a%20b", digest(challenge, "erin", "knows", 1))
                        .status())
                .isEqualTo(200);
        assertThat(get("/digest/member/who?q=a%20b", digest(challenge, "bob", "nope", 1))
                        .status())
                .isEqualTo(401);
        assertThat(get("/digest/member/who?q=a%20b", digest(challenge, "dave", "let me, in", 1))
                        .status())
                .isEqualTo(401);
        narwhal.awaitLog(Pattern.compile("'dave' cannot log in by DIGEST to realm 'digest': .* kept as pbkdf2"));
    }

    // ---- 13.6.3: FORM

    @Test
    void clause_13_6_3_form_leads_back_to_the_page_that_was_asked_for() throws IOException {
        try (var browser = Browser.of(narwhal)) {
            var asked = browser.get("/form/member/who?cargo=fish");
            assertThat(asked.status()).isEqualTo(200);
            assertThat(asked.text()).contains("j_security_check");
            assertThat(asked.header("Cache-Control").orElse("")).contains("no-store");
            var before = browser.cookie();

            var wrong = browser.post("/form/member/j_security_check", "j_username=zo%C3%AB&j_password=no");
            assertThat(wrong.text()).isEqualTo("that was wrong");
            assertThat(wrong.status()).isEqualTo(200);
            var large = browser.post(
                    "/form/member/j_security_check",
                    "j_username=zo%C3%AB&j_password=p%C3%A5ss&x=" + "x".repeat(2 << 20));
            assertThat(large.text()).isEqualTo("that was wrong");

            var right = browser.post("/form/member/j_security_check", "j_username=zo%C3%AB&j_password=p%C3%A5ss");
            assertThat(right.status()).isEqualTo(303);
            assertThat(right.header("Location").orElse("")).endsWith("/form/member/who?cargo=fish");
            assertThat(browser.cookie()).isNotEqualTo(before);

            assertThat(browser.get("/form/member/who?cargo=fish").text())
                    .contains("user zoë principal zoë by FORM", "cargo fish");
            assertThat(browser.get("/form/admin/who").status()).isEqualTo(403);
            assertThat(browser.get("/form/who").text()).contains("user zoë");
            assertThat(browser.post("/form/j_security_check", "j_username=alice&j_password=wonder")
                            .status())
                    .isEqualTo(303);
            assertThat(browser.get("/form/admin/who").text()).contains("user alice principal alice by FORM");
            assertThat(browser.get("/form/who?do=logout").text()).contains("user null");
            assertThat(browser.get("/form/member/who").text()).contains("j_security_check");
        }
    }

    @Test
    void clause_13_6_3_the_body_of_a_post_survives_the_login() throws IOException {
        try (var browser = Browser.of(narwhal)) {
            assertThat(browser.post("/form/member/who", "cargo=herring").text()).contains("j_security_check");
            assertThat(browser.post("/form/j_security_check", "j_username=bob&j_password=builder")
                            .status())
                    .isEqualTo(303);
            assertThat(browser.get("/form/member/who").text()).contains("method POST", "cargo herring", "user bob");
            assertThat(browser.get("/form/member/who").text()).contains("method GET", "cargo null");
        }
    }

    /** As in Tomcat: it is another page that is asked for. */
    @Test
    void clause_13_6_3_the_login_page_is_got_whatever_led_to_it() throws IOException {
        try (var browser = Browser.of(narwhal)) {
            assertThat(browser.post("/asking/member/who", "cargo=herring").text())
                    .contains("method GET path /who", "user null", "link who;jsessionid=");
            assertThat(browser.post("/asking/j_security_check", "j_username=bob&j_password=no")
                            .text())
                    .contains("method POST path /who", "user null");
        }
    }

    @Test
    void clause_13_6_3_a_login_out_of_nowhere_lands_on_the_first_page() throws IOException {
        try (var browser = Browser.of(narwhal)) {
            assertThat(browser.get("/form/login.html").text()).contains("j_security_check");
            var response = browser.post("/form/j_security_check", "j_username=bob&j_password=builder");

            assertThat(response.status()).isEqualTo(303);
            assertThat(response.header("Location").orElse("")).endsWith("/form/");
        }
    }

    // ---- 13.6.4: CLIENT-CERT

    @Test
    void clause_13_6_4_without_tls_nobody_has_a_certificate() throws IOException {
        assertThat(get("/cert/who", "").status()).isEqualTo(200);
        assertThat(get("/cert/member/who", basic("bob", "builder")).status()).isEqualTo(401);
        narwhal.awaitLog(Pattern.compile("the application at /cert asks for a client certificate"));
    }

    // ---- the applications

    private static final String MEMBERS = constraint("/member/*", "", "<role-name>member</role-name>");

    private static WarBuilder basic() {
        return war(
                        who(
                                        "/who",
                                        "/member/who",
                                        "/admin/who",
                                        "/member/nobody/who",
                                        "/any/who",
                                        "/all/who",
                                        "/combined/who",
                                        "/roles/who",
                                        "/reading/who",
                                        "/writing/who",
                                        "/confidential/who",
                                        "/either/who",
                                        "/denied/who",
                                        "*.secret")
                                + MEMBERS
                                + constraint("/admin/*", "", "<role-name>admin</role-name>")
                                + constraint("/member/nobody/*", "", "")
                                + constraint("/any/*", "", "<role-name>**</role-name>")
                                + constraint("/all/*", "", "<role-name>*</role-name>")
                                + open("/combined/*", "")
                                + constraint("/combined/*", "", "<role-name>admin</role-name>")
                                + constraint("/combined/*", "<http-method>TRACE</http-method>", "")
                                + constraint("/roles/*", "", "<role-name>admin</role-name>")
                                + constraint("/roles/*", "", "<role-name>member</role-name>")
                                + constraint(
                                        "/reading/*",
                                        "<http-method-omission>GET</http-method-omission>"
                                                + "<http-method-omission>HEAD</http-method-omission>",
                                        "<role-name>admin</role-name>")
                                + constraint(
                                        "/writing/*", "<http-method>POST</http-method>", "<role-name>admin</role-name>")
                                + constraint("*.secret", "", "<role-name>admin</role-name>")
                                + constraint("/overridden", "", "<role-name>member</role-name>")
                                + constraint("/admin/registered", "", "<role-name>admin</role-name>")
                                + open("/member/open.html", "")
                                + open("/confidential/*", "CONFIDENTIAL")
                                + confidential(constraint("/either/*", "", "<role-name>admin</role-name>"))
                                + constraint("/either/*", "", "<role-name>member</role-name>")
                                + confidential(constraint("/denied/*", "", ""))
                                + """
                                <listener><listener-class>%s</listener-class></listener>
                                <error-page><error-code>401</error-code><location>/401.html</location></error-page>
                                <error-page><error-code>403</error-code><location>/403.html</location></error-page>
                                """.formatted(RegisteringListener.class.getName()),
                        "BASIC",
                        "The \"inner\" circle",
                        "")
                .classes(AnnotatedServlet.class, RegisteringListener.class)
                .file("member/index.html", "welcome, member")
                .file("member/open.html", "open")
                .file("401.html", "who are you?")
                .file("403.html", "not for you");
    }

    private static WarBuilder uncovered() {
        return war(
                "<deny-uncovered-http-methods/>"
                        + who("/who", "/half/who", "/most/who")
                        + constraint("/half/*", "<http-method>GET</http-method>", "<role-name>member</role-name>")
                        + constraint(
                                "/most/*",
                                "<http-method-omission>PUT</http-method-omission>",
                                "<role-name>member</role-name>"),
                "BASIC",
                "uncovered",
                "");
    }

    private static WarBuilder login(String method, String realm) {
        return war(who("/who", "/member/who") + MEMBERS, method, realm, "");
    }

    /** Has a servlet for its login page. */
    private static WarBuilder asking() {
        return war(
                who("/who", "/member/who") + MEMBERS,
                "FORM",
                "form",
                "<form-login-config><form-login-page>/who</form-login-page><form-error-page>/who</form-error-page></form-login-config>");
    }

    private static WarBuilder form() {
        return war(
                        who("/who", "/member/who", "/admin/who", "/first")
                                + MEMBERS
                                + constraint("/admin/*", "", "<role-name>admin</role-name>")
                                + constraint("/login.html", "", "<role-name>admin</role-name>"),
                        "FORM",
                        "form",
                        """
                        <form-login-config>
                          <form-login-page>/login.html</form-login-page><form-error-page>/wrong.html</form-error-page>
                        </form-login-config>
                        """)
                .file("login.html", "<form method=\"post\" action=\"j_security_check\"></form>")
                .file("wrong.html", "that was wrong");
    }

    private static WarBuilder war(String elements, String method, String realm, String form) {
        return new WarBuilder()
                .descriptor(elements + """
                        <login-config>
                          <auth-method>%s</auth-method><realm-name>%s</realm-name>%s
                        </login-config>
                        <security-role><role-name>admin</role-name></security-role>
                        <security-role><role-name>member</role-name></security-role>
                        """.formatted(method, realm, form))
                .classes(WhoServlet.class);
    }

    private static String who(String... patterns) {
        return """
                <servlet>
                  <servlet-name>who</servlet-name><servlet-class>%s</servlet-class><async-supported>true</async-supported>
                  <security-role-ref><role-name>boss</role-name><role-link>admin</role-link></security-role-ref>
                </servlet>
                <servlet-mapping>
                  <servlet-name>who</servlet-name><url-pattern>%s</url-pattern>
                </servlet-mapping>
                """.formatted(WhoServlet.class.getName(), String.join("</url-pattern><url-pattern>", patterns));
    }

    private static String constraint(String pattern, String methods, String roles) {
        return """
                <security-constraint>
                  <web-resource-collection>
                    <web-resource-name>x</web-resource-name><url-pattern>%s</url-pattern>%s
                  </web-resource-collection>
                  <auth-constraint>%s</auth-constraint>
                </security-constraint>
                """.formatted(pattern, methods, roles);
    }

    private static String confidential(String constraint) {
        return constraint.replace(
                "</auth-constraint>",
                "</auth-constraint><user-data-constraint><transport-guarantee>CONFIDENTIAL</transport-guarantee></user-data-constraint>");
    }

    private static String open(String pattern, String guarantee) {
        return """
                <security-constraint>
                  <web-resource-collection>
                    <web-resource-name>x</web-resource-name><url-pattern>%s</url-pattern>
                  </web-resource-collection>
                  %s
                </security-constraint>
                """.formatted(
                        pattern,
                        guarantee.isEmpty()
                                ? ""
                                : "<user-data-constraint><transport-guarantee>" + guarantee
                                        + "</transport-guarantee></user-data-constraint>");
    }

    // ---- the client

    private Response get(String path, String headers) throws IOException {
        try (var browser = Browser.of(narwhal)) {
            return browser.send("GET", path, headers, "");
        }
    }

    private static String sessionOf(Response response) {
        return response.text()
                .lines()
                .filter(line -> line.startsWith("session "))
                .findFirst()
                .orElseThrow();
    }

    private static String basic(String name, String password) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8))
                + "\r\n";
    }

    private static String digest(String challenge, String name, String password, int count) {
        var nonce = challenge.replaceFirst(".*nonce=\"([^\"]+)\".*", "$1");
        var nc = "%08x".formatted(count + 1);
        var uri = "/digest/member/who?q=a%20b";
        var response =
                md5(md5(name + ":digest:" + password) + ":" + nonce + ":" + nc + ":c0ffee:auth:" + md5("GET:" + uri));
        return "Authorization: Digest username=\"%s\", realm=\"digest\", nonce=\"%s\", uri=\"%s\", qop=auth, nc=%s, cnonce=\"c0ffee\", response=\"%s\"\r\n"
                .formatted(name, nonce, uri, nc, response);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
