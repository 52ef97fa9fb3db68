package dev.narwhal.worker.war.descriptor;

import dev.narwhal.contract.ResourceSpec;
import dev.narwhal.worker.war.Naming;
import dev.narwhal.worker.war.Naming.EnvEntry;
import dev.narwhal.worker.war.SessionConfig;
import dev.narwhal.worker.war.WarException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's {@code META-INF/context.xml}: what of it has a meaning here. The rest is passed over. Nothing outside the file is ever read.
 *
 * @param resources {@code <Resource>}
 * @param entries {@code <Environment>}, with whether {@code web.xml} may say otherwise
 * @param parameters {@code <Parameter>}
 * @param links {@code <ResourceLink>}
 * @param cookie the attributes of {@code <Context>} and {@code <CookieProcessor>} about the session cookie
 */
record ContextXml(
        List<ResourceSpec> resources,
        List<Overridable<EnvEntry>> entries,
        List<Overridable<Map.Entry<String, String>>> parameters,
        List<Naming.Link> links,
        Map<String, String> cookie) {

    /** Something that {@code web.xml} wins over, unless the file forbids it. */
    record Overridable<T>(T value, boolean override) {}

    static final String FILE = "META-INF/context.xml";

    private static final Logger log = LoggerFactory.getLogger(ContextXml.class);
    private static final ContextXml NONE = new ContextXml(List.of(), List.of(), List.of(), List.of(), Map.of());

    ContextXml {
        resources = List.copyOf(resources);
        entries = List.copyOf(entries);
        parameters = List.copyOf(parameters);
        links = List.copyOf(links);
        cookie = Map.copyOf(cookie);
    }

    /** Reads the file of an application; empty without one. */
    static ContextXml of(WarFiles war) throws WarException, IOException {
        var file = war.documentRoot().resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (var in = Files.newInputStream(file)) {
            var reader = new Reader(war.name());
            reader.read(factory.createXMLStreamReader(in));
            return reader.result();
        } catch (XMLStreamException e) {
            var at = e.getLocation() == null
                    ? ""
                    : ":" + e.getLocation().getLineNumber() + ":"
                            + e.getLocation().getColumnNumber();
            throw new WarException("reading " + FILE + at + " of " + war.name() + ": " + DescriptorParser.text(e), e);
        }
    }

    /** The naming part of the descriptor with what this file adds. */
    Naming addTo(Naming naming) {
        var all = new LinkedHashMap<String, EnvEntry>();
        entries.forEach(entry -> all.put(entry.value().name(), entry.value()));
        for (var entry : naming.envEntries()) {
            boolean fixed = entries.stream()
                    .anyMatch(own -> !own.override() && own.value().name().equals(entry.name()));
            boolean empty = entry.value().isEmpty() && entry.lookup().isEmpty();
            var own = all.get(entry.name());
            all.put(
                    entry.name(),
                    own != null && (fixed || empty)
                            ? new EnvEntry(own.name(), own.type(), own.value(), Optional.empty(), entry.targets())
                            : entry);
        }
        var names = naming.resources().stream().map(ResourceSpec::name).toList();
        var more = new ArrayList<>(naming.resources());
        resources.stream().filter(resource -> !names.contains(resource.name())).forEach(more::add);
        return new Naming(
                List.copyOf(all.values()),
                naming.resourceRefs(),
                naming.resourceEnvRefs(),
                naming.messageDestinationRefs(),
                more,
                links,
                naming.postConstruct(),
                naming.preDestroy());
    }

    Map<String, String> addTo(Map<String, String> contextParams) {
        var all = new LinkedHashMap<>(contextParams);
        for (var parameter : parameters) {
            var param = parameter.value();
            if (parameter.override()) {
                all.putIfAbsent(param.getKey(), param.getValue());
            } else {
                all.put(param.getKey(), param.getValue());
            }
        }
        return all;
    }

    /** As in Tomcat, the names here win over those of {@code web.xml}. */
    SessionConfig addTo(SessionConfig session) {
        if (cookie.isEmpty()) {
            return session;
        }
        var own = session.cookie();
        var attributes = new LinkedHashMap<>(own.attributes());
        Optional.ofNullable(cookie.get("sameSiteCookies"))
                .filter(value -> !value.equalsIgnoreCase("unset"))
                .ifPresent(value -> attributes.putIfAbsent("SameSite", value));
        return new SessionConfig(
                session.timeout(),
                new SessionConfig.Cookie(
                        Optional.ofNullable(cookie.get("sessionCookieName")).or(own::name),
                        Optional.ofNullable(cookie.get("sessionCookieDomain")).or(own::domain),
                        Optional.ofNullable(cookie.get("sessionCookiePath")).or(own::path),
                        own.comment(),
                        own.httpOnly()
                                .or(() -> Optional.ofNullable(cookie.get("useHttpOnly"))
                                        .map(Boolean::valueOf)),
                        own.secure(),
                        own.maxAge(),
                        attributes),
                session.trackingModes());
    }

    /** Collects the elements. */
    private static final class Reader {

        private static final List<String> COOKIE = List.of(
                "sessionCookieName", "sessionCookieDomain", "sessionCookiePath", "useHttpOnly", "sameSiteCookies");

        private final String war;
        private final List<ResourceSpec> resources = new ArrayList<>();
        private final List<Overridable<EnvEntry>> entries = new ArrayList<>();
        private final List<Overridable<Map.Entry<String, String>>> parameters = new ArrayList<>();
        private final List<Naming.Link> links = new ArrayList<>();
        private final Map<String, String> cookie = new LinkedHashMap<>();

        Reader(String war) {
            this.war = war;
        }

        void read(XMLStreamReader xml) throws XMLStreamException {
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    element(xml.getLocalName(), attributes(xml));
                }
            }
        }

        private static Map<String, String> attributes(XMLStreamReader xml) {
            var attributes = new LinkedHashMap<String, String>();
            for (int i = 0; i < xml.getAttributeCount(); i++) {
                attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
            }
            return attributes;
        }

        private void element(String element, Map<String, String> attributes) {
            var name = attributes.getOrDefault("name", "");
            var value = attributes.getOrDefault("value", "");
            boolean override = !attributes.getOrDefault("override", "true").equals("false");
            switch (element) {
                case "Context", "CookieProcessor" ->
                    COOKIE.forEach(key -> {
                        if (attributes.containsKey(key)) {
                            cookie.put(key, attributes.getOrDefault(key, ""));
                        }
                    });
                case "Resource" -> resources.add(TomcatResource.of(attributes));
                case "Environment" ->
                    entries.add(new Overridable<>(
                            new EnvEntry(
                                    name,
                                    Optional.ofNullable(attributes.get("type")),
                                    Optional.of(value),
                                    Optional.empty(),
                                    List.of()),
                            override));
                case "Parameter" -> parameters.add(new Overridable<>(Map.entry(name, value), override));
                case "ResourceLink" -> links.add(new Naming.Link(name, attributes.getOrDefault("global", name)));
                default -> log.debug("reading {} of {}: passing over <{}>", FILE, war, element);
            }
        }

        ContextXml result() {
            return new ContextXml(resources, entries, parameters, links, cookie);
        }
    }
}
