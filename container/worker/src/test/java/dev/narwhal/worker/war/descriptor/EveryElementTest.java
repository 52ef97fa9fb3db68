package dev.narwhal.worker.war.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.narwhal.worker.war.WarException;
import dev.narwhal.worker.war.WebApp;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.xml.sax.SAXException;

/** Servlet 6.1 §14.3: all of {@code web-app_6_1.xsd}, as it is in the API's JAR. */
final class EveryElementTest {

    private static final String SCHEMAS = "jakarta/servlet/resources/";
    private static final List<String> OF_WEB_APP = List.of(
            "web-app_6_1.xsd",
            "web-common_6_1.xsd",
            "jakartaee_11.xsd",
            "jakartaee_web_services_client_2_0.xsd",
            "jsp_4_0.xsd");

    /** Stands for the schema of {@code xml:lang}, which the API's refer to by its address. */
    private static final String XML_SCHEMA = """
            <schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
              <attribute name="lang" type="language"/>
            </schema>
            """;

    private final List<String> warnings = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path directory;

    /** The filter. */
    static final class Passing implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {}
    }

    /** The listener. */
    static final class Listening implements ServletContextListener {}

    /** The servlet. */
    static final class Serving extends HttpServlet {
        private static final long serialVersionUID = 1;
    }

    @Test
    void the_descriptor_of_this_test_has_every_element_and_is_valid() throws Exception {
        assertThat(elements(everything())).containsAll(elementsOfTheSchema());

        var schemas = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        var documents =
                (DOMImplementationLS) DOMImplementationRegistry.newInstance().getDOMImplementation("LS");
        schemas.setResourceResolver((type, namespace, publicId, systemId, base) -> {
            var input = documents.createLSInput();
            input.setSystemId(systemId);
            if (systemId.endsWith("xml.xsd")) {
                input.setCharacterStream(new StringReader(XML_SCHEMA));
            } else {
                input.setByteStream(schema(systemId));
            }
            return input;
        });
        schemas.newSchema(new StreamSource(schema("web-app_6_1.xsd"), "web-app_6_1.xsd"))
                .newValidator()
                .validate(new StreamSource(new StringReader(everything())));
    }

    @Test
    void every_element_is_read_and_those_of_a_larger_server_are_told_of() throws Exception {
        var app = read(everything());

        assertThat(app.servlets())
                .extracting(WebApp.Servlet::name, servlet -> servlet.runAs().orElse(""))
                .containsExactlyInAnyOrder(tuple("servlet", "runner"), tuple("page", ""));
        assertThat(app.jsp().propertyGroups()).singleElement().satisfies(group -> {
            assertThat(group.errorOnElNotFound()).contains("true");
            assertThat(group.buffer()).contains("16kb");
        });
        assertThat(app.security().constraints())
                .singleElement()
                .satisfies(constraint -> assertThat(constraint.resources()).hasSize(2));
        assertThat(warnings).anyMatch(warning -> warning.contains("<ejb-ref> ejb/a"));
    }

    /** 14.2: blanks around a text do not belong to it. */
    @Test
    void blanks_around_a_text_do_not_belong_to_it() throws Exception {
        var blank = everything().replaceAll("(?s)(<[a-z-]+>)([^<\\s][^<]*)(</)", "$1\n\t $2 \r\n $3");
        assertThat(blank).contains("<servlet-name>\n\t servlet \r\n </servlet-name>");

        assertThat(read(blank)).isEqualTo(read(everything()));
    }

    private WebApp read(String descriptor) throws WarException, IOException {
        Files.createDirectories(directory.resolve("WEB-INF"));
        Files.writeString(directory.resolve("WEB-INF/web.xml"), descriptor);
        for (var type : List.of(Passing.class, Listening.class, Serving.class)) {
            var file = type.getName().replace('.', '/') + ".class";
            var target = directory.resolve("WEB-INF/classes").resolve(file);
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            try (var in = Objects.requireNonNull(type.getResourceAsStream("/" + file))) {
                Files.write(target, in.readAllBytes());
            }
        }
        return new WebAppReader(
                        WarFiles.of("test.war", directory),
                        EveryElementTest.class.getClassLoader(),
                        List.of(),
                        warnings::add)
                .read(Map.of());
    }

    private static String everything() throws IOException {
        try (var in = Objects.requireNonNull(EveryElementTest.class.getResourceAsStream("everything.xml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream schema(String name) {
        return Objects.requireNonNull(
                Filter.class.getClassLoader().getResourceAsStream(SCHEMAS + name), "a schema in the API: " + name);
    }

    private static Set<String> elements(String document)
            throws ParserConfigurationException, SAXException, IOException {
        var names = new HashSet<String>();
        var all = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("*");
        for (int at = 0; at < all.getLength(); at++) {
            names.add(all.item(at).getNodeName());
        }
        return names;
    }

    /** What can be below a {@code <web-app>}, at any depth. */
    private static Set<String> elementsOfTheSchema() throws ParserConfigurationException, SAXException, IOException {
        var definitions = new HashMap<String, Element>();
        for (var file : OF_WEB_APP) {
            var top = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(schema(file))
                    .getDocumentElement()
                    .getChildNodes();
            for (int at = 0; at < top.getLength(); at++) {
                if (top.item(at) instanceof Element definition && definition.hasAttribute("name")) {
                    definitions.putIfAbsent(definition.getAttribute("name"), definition);
                }
            }
        }
        var names = new TreeSet<String>();
        var seen = new HashSet<>(Set.of("web-appType"));
        var waiting = new ArrayDeque<>(seen);
        while (!waiting.isEmpty()) {
            var nodes =
                    Objects.requireNonNull(definitions.get(waiting.remove())).getElementsByTagName("*");
            for (int at = 0; at < nodes.getLength(); at++) {
                var node = (Element) nodes.item(at);
                if (node.getNodeName().equals("xsd:element")) {
                    names.add(node.getAttribute("name"));
                }
                for (var reference : List.of("type", "base", "ref")) {
                    var to = node.getAttribute(reference).replaceFirst(".*:", "");
                    if (!node.getNodeName().equals("xsd:attribute") && definitions.containsKey(to) && seen.add(to)) {
                        waiting.add(to);
                    }
                }
            }
        }
        assertThat(names).hasSizeGreaterThan(200);
        return names;
    }
}
