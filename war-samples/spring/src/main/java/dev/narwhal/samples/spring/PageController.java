package dev.narwhal.samples.spring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.SpringVersion;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /}: a page. */
@RestController
class PageController {
    private final String template;

    PageController() throws IOException {
        template = new ClassPathResource("page.html", PageController.class).getContentAsString(StandardCharsets.UTF_8);
    }

    @GetMapping(path = "/", produces = "text/html;charset=UTF-8")
    String page() {
        return template.replace(
                        "${worker}", Long.toString(ProcessHandle.current().pid()))
                .replace("${spring}", String.valueOf(SpringVersion.getVersion()));
    }
}
