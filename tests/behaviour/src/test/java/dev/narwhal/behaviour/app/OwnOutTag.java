package dev.narwhal.behaviour.app;

import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import java.io.IOException;

/** Stands for the tag {@code out} of a JSTL that the WAR brings. */
public final class OwnOutTag extends SimpleTagSupport {

    private Object value = "";

    public void setValue(Object value) {
        this.value = value;
    }

    @Override
    public void doTag() throws IOException {
        getJspContext().getOut().print("own " + value);
    }
}
