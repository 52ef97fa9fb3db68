package dev.narwhal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Jakarta WebSocket 2.2 §6.2. */
final class EndpointsTest {

    @ServerEndpoint("/one")
    static final class One {}

    @ServerEndpoint("/two")
    static final class Two {}

    @ServerEndpoint("/base")
    abstract static class Base {}

    static final class Programmatic extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {}
    }

    /** Wants the first annotated class and every programmatic one. */
    public static final class Config implements ServerApplicationConfig {

        public Config() {}

        @Override
        public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> found) {
            return Set.of(ServerEndpointConfig.Builder.create(found.iterator().next(), "/programmatic")
                    .build());
        }

        @Override
        public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> found) {
            return Set.of(One.class);
        }
    }

    /** Wants nothing, in the way of those who do not know better. */
    public static final class Nothing implements ServerApplicationConfig {

        public Nothing() {}

        @Override
        public @Nullable Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> found) {
            return null;
        }

        @Override
        public @Nullable Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> found) {
            return null;
        }
    }

    @Test
    void without_a_configuration_all_annotated_classes_are_deployed_and_no_other() throws Exception {
        var endpoints = Endpoints.of(Set.of(One.class, Two.class, Base.class, Programmatic.class));

        assertThat(endpoints.annotated()).containsExactlyInAnyOrder(One.class, Two.class);
        assertThat(endpoints.configured()).isEmpty();
    }

    @Test
    void a_configuration_decides() throws Exception {
        var endpoints = Endpoints.of(Set.of(One.class, Two.class, Programmatic.class, Config.class));

        assertThat(endpoints.annotated()).containsExactly(One.class);
        assertThat(endpoints.configured())
                .extracting(ServerEndpointConfig::getPath)
                .containsExactly("/programmatic");
    }

    @Test
    void null_is_nothing() throws Exception {
        var endpoints = Endpoints.of(Set.of(One.class, Programmatic.class, Nothing.class));

        assertThat(endpoints.annotated()).isEmpty();
        assertThat(endpoints.configured()).isEmpty();
    }
}
