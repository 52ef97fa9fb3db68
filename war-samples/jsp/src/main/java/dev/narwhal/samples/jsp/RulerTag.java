package dev.narwhal.samples.jsp;

import jakarta.servlet.jsp.JspException;
import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import java.io.IOException;

/** A tag that evaluates its body once for each metre. */
public final class RulerTag extends SimpleTagSupport {

    private int metres;

    public void setMetres(int metres) {
        this.metres = metres;
    }

    @Override
    public void doTag() throws JspException, IOException {
        for (int metre = 1; metre <= metres; metre++) {
            getJspContext().setAttribute("metre", metre);
            getJspBody().invoke(null);
        }
    }
}
