package dev.narwhal.worker.war.descriptor;

import dev.narwhal.worker.war.WarException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jboss.metadata.parser.servlet.WebFragmentMetaDataParser;
import org.jboss.metadata.parser.servlet.WebMetaDataParser;
import org.jboss.metadata.parser.util.MetaDataElementParser.DTDInfo;
import org.jboss.metadata.property.PropertyReplacers;
import org.jboss.metadata.web.spec.ServletMetaData;
import org.jboss.metadata.web.spec.WebCommonMetaData;
import org.jboss.metadata.web.spec.WebFragmentMetaData;
import org.jboss.metadata.web.spec.WebMetaData;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code web.xml} and {@code web-fragment.xml} of all versions.
 *
 * <p>Nothing outside the file is ever read: the DTD of an old descriptor stands for its version only, and entities that live in
 * other files are empty.
 */
final class DescriptorParser {

    private interface Parser<T extends WebCommonMetaData> {
        T parse(XMLStreamReader reader, DTDInfo dtd) throws XMLStreamException;
    }

    private DescriptorParser() {}

    static WebMetaData webXml(InputStream in, String file, String war) throws WarException, IOException {
        return parse(
                in,
                file,
                war,
                "web-app",
                (reader, dtd) -> WebMetaDataParser.parse(reader, dtd, PropertyReplacers.noop()));
    }

    static WebFragmentMetaData fragment(InputStream in, String file, String war) throws WarException, IOException {
        return parse(
                in,
                file,
                war,
                "web-fragment",
                (reader, dtd) -> WebFragmentMetaDataParser.parse(reader, PropertyReplacers.noop()));
    }

    private static <T extends WebCommonMetaData> T parse(
            InputStream in, String file, String war, String root, Parser<T> parser) throws WarException, IOException {
        var dtd = new DTDInfo(); // resolves everything to nothing
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver(dtd);
        DescriptorReader reader = null;
        try {
            reader = new DescriptorReader(factory.createXMLStreamReader(in), root);
            T descriptor = parser.parse(reader, dtd);
            while (reader.hasNext()) {
                reader.next(); // what follows the root element has to be well-formed too
            }
            reader.concatenateLists(descriptor);
            internLoadOnStartup(descriptor);
            DescriptorPaths.canonicalize(descriptor, file, war);
            return descriptor;
        } catch (XMLStreamException e) {
            var location = e.getLocation() == null && reader != null ? reader.getLocation() : e.getLocation();
            throw failure(file, war, location, text(e), e);
        } catch (IllegalArgumentException | IllegalStateException | NullPointerException e) {
            // The parser meets a missing name, or a value that it does not know, in one of these ways.
            throw failure(
                    file,
                    war,
                    reader == null ? null : reader.getLocation(),
                    "an element has no name or an unknown value (" + e.getMessage() + ")",
                    e);
        }
    }

    private static WarException failure(
            String file, String war, @Nullable Location location, String what, Exception cause) {
        var place = location == null ? "" : ":" + location.getLineNumber() + ":" + location.getColumnNumber();
        return new WarException("reading " + file + place + " of " + war + ": " + what, cause);
    }

    /** The JDK's parser wraps what it has to say in a text of two lines, of which the first has the location once more. */
    static String text(XMLStreamException e) {
        var message = Objects.toString(e.getMessage(), "it is not well-formed");
        int at = message.indexOf("Message: ");
        return (at < 0 ? message : message.substring(at + "Message: ".length())).replace('\n', ' ');
    }

    /** Merging compares these strings by identity and would find that "1" contradicts "1". */
    private static void internLoadOnStartup(WebCommonMetaData descriptor) {
        if (descriptor.getServlets() == null) {
            return;
        }
        for (ServletMetaData servlet : descriptor.getServlets()) {
            if (servlet.getLoadOnStartup() != null) {
                servlet.setLoadOnStartup(servlet.getLoadOnStartup().intern());
            }
        }
    }
}
