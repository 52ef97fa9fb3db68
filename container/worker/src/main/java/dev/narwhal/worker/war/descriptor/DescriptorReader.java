package dev.narwhal.worker.war.descriptor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.jboss.metadata.parser.servlet.Version;
import org.jspecify.annotations.Nullable;

/**
 * Watches the parser for what it lets pass: another root element, an unknown version (it would take features of the newest
 * versions for mistakes) and two servlets or filters of one name (the second would silently replace the first).
 */
final class DescriptorReader extends StreamReaderDelegate {

    private final String root;
    private final Deque<String> path = new ArrayDeque<>();
    private final Set<String> names = new HashSet<>();

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
            path.push(getLocalName());
        } else if (event == END_ELEMENT) {
            path.pop();
        }
        return event;
    }
}
