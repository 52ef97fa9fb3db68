package dev.narwhal.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.narwhal.contract.ResourceSpec;
import dev.narwhal.worker.war.Naming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code META-INF/context.xml}, as Tomcat understands it. */
class TomcatContextTest {

    @TempDir
    private Path directory;

    private Naming naming(String contextXml, String webXml) throws Exception {
        var war = exploded(contextXml, webXml);
        return new Workshop(directory).read(war).naming();
    }

    private Path exploded(String contextXml, String webXml) throws IOException {
        var war = directory.resolve("app");
        Files.createDirectories(war.resolve("META-INF"));
        Files.createDirectories(war.resolve("WEB-INF"));
        Files.writeString(war.resolve("META-INF/context.xml"), contextXml);
        Files.writeString(
                war.resolve("WEB-INF/web.xml"),
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\">" + webXml + "</web-app>");
        return war;
    }

    @Test
    void the_attributes_of_pools_get_the_names_they_have_here() throws Exception {
        var naming = naming("""
                <Context>
                  <Resource name="jdbc/a" type="javax.sql.DataSource" auth="Container" factory="org.apache.tomcat.jdbc.pool.DataSourceFactory"
                    driverClassName="d.Driver" url="jdbc:d" username="u" password="p" maxActive="7" minIdle="2" maxIdle="3"
                    maxWait="5000" defaultTransactionIsolation="READ_COMMITTED" testOnBorrow="true" connectionProperties="a=b;c=d=e"/>
                  <Resource name="BeanManager" type="jakarta.enterprise.inject.spi.BeanManager" factory="org.jboss.weld.resources.ManagerObjectFactory"/>
                  <Resource name="mail" type="javax.mail.Session" mail.smtp.host="h" password="p"/>
                </Context>
                """, "");

        assertThat(naming.resources())
                .containsExactly(
                        new ResourceSpec(
                                "jdbc/a",
                                "META-INF/context.xml",
                                "javax.sql.DataSource",
                                Map.of(
                                        "driver", "d.Driver",
                                        "url", "jdbc:d",
                                        "user", "u",
                                        "password", "p",
                                        "max-pool-size", "7",
                                        "min-idle", "2",
                                        "connection-timeout", "5000ms",
                                        "transaction-isolation", "read-committed"),
                                Map.of("a", "b", "c", "d=e")),
                        new ResourceSpec(
                                "BeanManager",
                                "META-INF/context.xml",
                                "jakarta.enterprise.inject.spi.BeanManager",
                                Map.of("factory", "org.jboss.weld.resources.ManagerObjectFactory"),
                                Map.of()),
                        new ResourceSpec(
                                "mail",
                                "META-INF/context.xml",
                                "jakarta.mail.Session",
                                Map.of("password", "p"),
                                Map.of("mail.smtp.host", "h")));
    }

    @Test
    void web_xml_wins_over_an_environment_that_does_not_forbid_it() throws Exception {
        var naming = naming("""
                <Context>
                  <Environment name="a" type="java.lang.String" value="context"/>
                  <Environment name="b" type="java.lang.String" value="context" override="false"/>
                  <Environment name="c" type="java.lang.String" value="context"/>
                </Context>
                """, """
                <env-entry><env-entry-name>a</env-entry-name><env-entry-type>java.lang.String</env-entry-type><env-entry-value>web</env-entry-value></env-entry>
                <env-entry><env-entry-name>b</env-entry-name><env-entry-type>java.lang.String</env-entry-type><env-entry-value>web</env-entry-value></env-entry>
                <env-entry><env-entry-name>c</env-entry-name><env-entry-type>java.lang.String</env-entry-type></env-entry>
                """);

        assertThat(naming.envEntries())
                .extracting(Naming.EnvEntry::value)
                .containsExactly(Optional.of("web"), Optional.of("context"), Optional.of("context"));
    }

    @Test
    void a_reference_counts_as_provided_by_the_war_the_operator_or_a_link() throws Exception {
        var naming = naming("""
                <Context>
                  <Resource name="jdbc/own" type="javax.sql.DataSource"/>
                  <ResourceLink name="jdbc/linked" global="jdbc/there"/>
                </Context>
                """, refs("jdbc/own", "jdbc/linked", "jdbc/operator", "jdbc/nobody"));

        assertThat(naming.unprovided(List.of("jdbc/operator", "jdbc/there")))
                .extracting(Naming.ResourceRef::name)
                .containsExactly("jdbc/nobody");
    }

    private static String refs(String... names) {
        var text = new StringBuilder();
        for (var name : names) {
            text.append("<resource-ref><res-ref-name>" + name
                    + "</res-ref-name><res-type>javax.sql.DataSource</res-type></resource-ref>");
        }
        return text.toString();
    }

    @Test
    void a_file_that_is_no_xml_is_refused_with_its_place() throws Exception {
        var war = exploded("<Context>\n<Resource", "");

        assertThat(catchThrowable(() -> new Workshop(directory).read(war)))
                .hasMessageStartingWith("reading META-INF/context.xml:2:");
    }
}
