package dev.narwhal.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.contract.ResourceSpec;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.naming.NamingException;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourcesTest {

    private static final ClassLoader LOADER = ResourcesTest.class.getClassLoader();

    private final List<AutoCloseable> closing = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : closing) {
            each.close();
        }
    }

    private Object make(String type, Map<String, String> settings, Map<String, String> properties)
            throws NamingException {
        return new Resources(LOADER, closing)
                .provided(new ResourceSpec("r", "narwhal.toml:1", type, settings, properties))
                .get();
    }

    @Test
    void a_driver_is_found_by_its_url_and_gets_its_properties() throws Exception {
        var source = (DataSource) make(
                ResourceSpec.DATA_SOURCE,
                Map.of(
                        "url", "jdbc:h2:mem:a",
                        "user", "sa",
                        "max-pool-size", "1",
                        "connection-timeout", "2000ms",
                        "transaction-isolation", "serializable"),
                Map.of("ACCESS_MODE_DATA", "rw"));

        try (var connection = source.getConnection()) {
            assertThat(connection.getMetaData().getURL()).isEqualTo("jdbc:h2:mem:a");
            assertThat(connection.getTransactionIsolation()).isEqualTo(8);
            assertThatThrownBy(source::getConnection)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("r - Connection is not available");
        }
    }

    @Test
    void a_data_source_class_gets_what_it_has_setters_for() throws Exception {
        var source = (DataSource) make(
                ResourceSpec.DATA_SOURCE,
                Map.of("class", "org.h2.jdbcx.JdbcDataSource", "url", "jdbc:h2:mem:b", "user", "sa"),
                Map.of("description", "b"));

        try (var connection = source.getConnection()) {
            assertThat(connection.getMetaData().getURL()).isEqualTo("jdbc:h2:mem:b");
        }
    }

    @Test
    void a_source_of_distributed_transactions_is_the_drivers_own() throws Exception {
        var source = (XADataSource) make(
                ResourceSpec.XA_DATA_SOURCE,
                Map.of("driver", "org.h2.jdbcx.JdbcDataSource", "url", "jdbc:h2:mem:x", "user", "sa"),
                Map.of("description", "x"));
        var connection = source.getXAConnection();

        assertThat(connection.getXAResource()).isNotNull();
        assertThat(connection.getConnection().getMetaData().getURL()).isEqualTo("jdbc:h2:mem:x");
        connection.close();
    }

    @Test
    void a_database_that_is_down_is_no_failure_before_it_is_needed() throws Exception {
        var source = (DataSource) make(
                ResourceSpec.DATA_SOURCE,
                Map.of("url", "jdbc:h2:mem:none;IFEXISTS=TRUE", "connection-timeout", "250ms"),
                Map.of());

        assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
    }

    @Test
    void the_end_of_the_application_closes_the_pool() throws Exception {
        var source = (DataSource) make(ResourceSpec.DATA_SOURCE, Map.of("url", "jdbc:h2:mem:c"), Map.of());
        source.getConnection().close();

        close();

        assertThatThrownBy(source::getConnection).hasMessageContaining("closed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "javax.sql.DataSource | url | jdbc:none: | no JDBC driver",
                "javax.sql.DataSource | driver | no.Driver | no.Driver is neither in the WAR nor in a library of --lib",
                "javax.sql.DataSource | user | sa | it has no url",
                "javax.sql.XADataSource | url | jdbc:h2:mem:x | it has no driver",
                "javax.sql.XADataSource | driver | org.h2.Driver | org.h2.Driver is no XADataSource",
                "no.Bean | other | x | no.Bean is neither in the WAR",
                "java.lang.Integer | value | many | NumberFormatException"
            })
    void what_cannot_be_made_says_why(String type, String key, String value, String message) {
        assertThatThrownBy(() -> make(type, Map.of(key, value), Map.of()))
                .isInstanceOf(NamingException.class)
                .hasMessageStartingWith("creating the resource r (" + type + ", narwhal.toml:1): ")
                .hasMessageContaining(message);
    }

    @Test
    void a_mail_session_knows_its_password_from_a_file(@TempDir Path directory) throws IOException, NamingException {
        var file = Files.writeString(directory.resolve("password"), "sesam\n");

        var session = (Session) make(
                ResourceSpec.MAIL_SESSION,
                Map.of("host", "mail.example", "port", "587", "user", "tusk", "password-file", file.toString()),
                Map.of("mail.smtp.starttls.enable", "true"));

        assertThat(session.getProperties())
                .containsEntry("mail.host", "mail.example")
                .containsEntry("mail.smtp.starttls.enable", "true")
                .doesNotContainValue("sesam");
        PasswordAuthentication asked =
                session.requestPasswordAuthentication(InetAddress.getLoopbackAddress(), 587, "smtp", "", "");
        assertThat(asked.getUserName()).isEqualTo("tusk");
        assertThat(asked.getPassword()).isEqualTo("sesam");
    }

    @Test
    void a_value_is_a_resource_too() throws NamingException {
        assertThat(make("java.lang.Long", Map.of("value", "12"), Map.of())).isEqualTo(12L);
    }
}
