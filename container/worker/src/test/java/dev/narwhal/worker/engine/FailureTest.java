package dev.narwhal.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {

    @ParameterizedTest
    @CsvSource({
        "javax/xml/bind/JAXBException, JAXB, jaxb-runtime",
        "javax.xml.ws.spi.Provider,    JAX-WS, jaxws-rt",
        "javax/activation/DataSource,  Activation, jakarta.activation",
    })
    void what_the_jdk_has_no_more_is_named_with_what_to_add(String missing, String title, String library) {
        var failure = new IllegalStateException("no context", new NoClassDefFoundError(missing));

        assertThat(Failure.describe(failure)).contains("The JDK has ", title, library, "WEB-INF/lib or --lib.");
    }

    @Test
    void other_classes_that_are_missing_have_no_such_advice() {
        assertThat(Failure.describe(new NoClassDefFoundError("com/acme/Orders")))
                .doesNotContain("The JDK has");
    }
}
