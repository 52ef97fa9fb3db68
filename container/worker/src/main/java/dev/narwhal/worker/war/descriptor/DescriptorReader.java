package dev.narwhal.worker.war.descriptor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.jboss.metadata.parser.servlet.Version;
import org.jboss.metadata.web.spec.LocaleEncodingMetaData;
import org.jboss.metadata.web.spec.WebCommonMetaData;
import org.jspecify.annotations.Nullable;

/**
 * Watches the parser for what it lets pass: another root element, an unknown version (it would take features of the newest
 * versions for mistakes), two servlets or filters of one name (the second would silently replace the first) and two of what may be there once. Keeps what is in lists that
 * may be there several times (Servlet 6.1 §14.2), of which the parser knows the last one only.
 */
final class DescriptorReader extends StreamReaderDelegate {

    /** Servlet 6.1 §8.2.2 and the schema; the parser knows the others of which there may be one. */
    private static final Set<String> ONCE = Set.of("absolute-ordering", "ordering", "name");

    private final String root;
    private final Deque<String> path = new ArrayDeque<>();
    private final Set<String> once = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final List<String> welcomeFiles = new ArrayList<>();
    private final List<LocaleEncodingMetaData> localeEncodings = new ArrayList<>();
    private String locale = "";

    DescriptorReader(XMLStreamReader reader, String root) {
        super(reader);
        this.root = root;
    }

    @Override
    public int next() throws XMLStreamException {
        return track(super.next());
    }

    @Override
    public int nextTag() throws XMLStreamException {
        return track(super.nextTag());
    }

    @Override
    public String getElementText() throws XMLStreamException {
        var location = getLocation();
        var text = super.getElementText();
        var element = path.pop();
        keep(element, text);
        boolean declares = path.size() == 2
                && ((element.equals("servlet-name") && "servlet".equals(path.peek()))
                        || (element.equals("filter-name") && "filter".equals(path.peek())));
        if (declares && !names.add(path.peek() + " '" + text.strip() + "'")) {
            throw new XMLStreamException(
                    "the " + path.peek() + " '" + text.strip() + "' is declared a second time. Give it another name.",
                    location);
        }
        return text;
    }

    private void keep(String element, String text) {
        switch (path.peek() + " " + element) {
            case "welcome-file-list welcome-file" -> welcomeFiles.add(text.strip());
            case "locale-encoding-mapping locale" -> locale = text.strip();
            case "locale-encoding-mapping encoding" -> {
                var mapping = new LocaleEncodingMetaData();
                mapping.setLocale(locale);
                mapping.setEncoding(text.strip());
                localeEncodings.add(mapping);
            }
            default -> {
                // the parser's own
            }
        }
    }

    /** Gives the descriptor the lists as a whole. */
    void concatenateLists(WebCommonMetaData descriptor) {
        if (descriptor.getWelcomeFileList() != null) {
            descriptor.getWelcomeFileList().setWelcomeFiles(welcomeFiles);
        }
        if (descriptor.getLocalEncodings() != null) {
            descriptor.getLocalEncodings().setMappings(localeEncodings);
        }
    }

    @Override
    public @Nullable String getAttributeValue(@Nullable String namespace, String name) {
        var value = super.getAttributeValue(namespace, name);
        boolean isVersion = path.size() == 1 && name.equals("version");
        return isVersion && (value == null || Version.fromString(value) == null) ? Version.LATEST.toString() : value;
    }

    private int track(int event) throws XMLStreamException {
        if (event == START_ELEMENT) {
            if (path.isEmpty() && !getLocalName().equals(root)) {
                throw new XMLStreamException(
                        "the root element is <" + getLocalName() + ">, not <" + root + ">", getLocation());
            }
            if (path.size() == 1 && ONCE.contains(getLocalName()) && !once.add(getLocalName())) {
                throw new XMLStreamException(
                        "<" + getLocalName() + "> is there a second time. Make one of both.", getLocation());
            }
            path.push(getLocalName());
        } else if (event == END_ELEMENT) {
            path.pop();
        }
        return event;
    }
}
