package dev.narwhal.undertow.deploy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Types of files that Undertow does not know, or under a name that was given up. What an application maps itself wins. */
final class MimeTypes {

    /** By extension, as IANA has registered them. */
    static final Map<String, String> BEYOND_UNDERTOW = parse("""
            application/epub+zip epub
            application/geo+json geojson
            application/gzip gz
            application/java-archive jar war
            application/json json map
            application/ld+json jsonld
            application/manifest+json webmanifest
            application/msword doc
            application/pkix-cert cer
            application/rss+xml rss
            application/vnd.ms-excel xls
            application/vnd.ms-fontobject eot
            application/vnd.ms-powerpoint ppt
            application/vnd.oasis.opendocument.presentation odp
            application/vnd.oasis.opendocument.spreadsheet ods
            application/vnd.oasis.opendocument.text odt
            application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
            application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
            application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
            application/wasm wasm
            application/x-7z-compressed 7z
            application/xslt+xml xslt
            audio/mp4 m4a
            audio/ogg oga ogg
            audio/webm weba
            font/otf otf
            font/ttf ttf
            font/woff woff
            font/woff2 woff2
            image/avif avif
            image/svg+xml svg svgz
            image/vnd.microsoft.icon ico
            image/webp webp
            text/calendar ics
            text/csv csv
            text/javascript js mjs
            text/markdown md
            text/vcard vcf
            text/vtt vtt
            video/mp4 mp4 m4v
            video/ogg ogv
            video/webm webm
            """);

    private MimeTypes() {}

    private static Map<String, String> parse(String lines) {
        return lines.lines()
                .map(line -> line.split(" "))
                .flatMap(words -> Stream.of(words).skip(1).map(extension -> Map.entry(extension, words[0])))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
