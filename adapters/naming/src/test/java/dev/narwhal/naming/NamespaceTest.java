package dev.narwhal.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import javax.naming.Binding;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("BanJNDI") // it is what this is about
class NamespaceTest {

    private final Namespace root = new Namespace();

    @BeforeEach
    void fill() {
        root.put("comp/env/jdbc/orders", "orders");
        root.put("comp/env/limit", 3);
        root.seal();
    }

    @Test
    void a_name_is_found_from_every_context_above_it() throws NamingException {
        assertThat(root.lookup("java:comp/env/jdbc/orders")).isEqualTo("orders");
        assertThat(root.lookup("java:/comp/env/limit")).isEqualTo(3);
        assertThat(root.lookup("comp/env/limit")).isEqualTo(3);
        var env = (Context) root.lookup("java:comp/env");
        assertThat(env.lookup("jdbc/orders")).isEqualTo("orders");
        assertThat(((Context) env.lookup("jdbc")).lookup("orders")).isEqualTo("orders");
        assertThat(root.lookup("java:")).isSameAs(root);
    }

    @Test
    void a_missing_name_is_told_whole() throws NamingException {
        var env = (Context) root.lookup("java:comp/env");

        assertThatThrownBy(() -> env.lookup("jdbc/none"))
                .isInstanceOf(NameNotFoundException.class)
                .hasMessage("looking up java:comp/env/jdbc/none: nothing has this name.");
        assertThatThrownBy(() -> root.lookup("java:comp/env/none/deep"))
                .isInstanceOf(NameNotFoundException.class)
                .hasMessageContaining("java:comp/env/none/deep");
        assertThatThrownBy(() -> root.lookup("java:comp/UserTransaction"))
                .isInstanceOf(NameNotFoundException.class)
                .hasMessageContaining("no transaction manager");
    }

    @Test
    void no_way_leads_to_a_context_that_can_be_changed() throws NamingException {
        var env = (Context) root.lookup("java:comp/env");

        for (var context : new Context[] {root, env, (Context) env.lookup(""), (Context) env.lookup("jdbc")}) {
            assertThatThrownBy(() -> context.bind("x", "x")).isInstanceOf(NamingException.class);
            assertThatThrownBy(() -> context.rebind("limit", "x")).isInstanceOf(NamingException.class);
            assertThatThrownBy(() -> context.unbind("limit")).isInstanceOf(NamingException.class);
            assertThatThrownBy(() -> context.createSubcontext("x")).isInstanceOf(NamingException.class);
            assertThatThrownBy(() -> context.destroySubcontext("jdbc")).isInstanceOf(NamingException.class);
        }
        assertThat(env.lookup("limit")).isEqualTo(3);
    }

    @Test
    void names_are_listed_in_order() throws NamingException {
        Context context = root;
        assertThat(Collections.list(context.listBindings("java:comp/env")))
                .extracting(Binding::getName)
                .containsExactly("jdbc", "limit");
        assertThat(Collections.list(context.list("comp/env/jdbc")))
                .extracting(pair -> pair.getName() + " " + pair.getClassName())
                .containsExactly("orders java.lang.String");
    }
}
