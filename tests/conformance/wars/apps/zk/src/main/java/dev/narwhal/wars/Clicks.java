package dev.narwhal.wars;

import org.jspecify.annotations.Nullable;
import org.zkoss.zk.ui.Component;
import org.zkoss.zk.ui.select.SelectorComposer;
import org.zkoss.zk.ui.select.annotation.Listen;
import org.zkoss.zk.ui.select.annotation.Wire;
import org.zkoss.zul.Label;
import org.zkoss.zul.Textbox;

/** Counts; it is in the session with its page. */
public class Clicks extends SelectorComposer<Component> {

    private static final long serialVersionUID = 1;

    @Wire
    private @Nullable Label out;

    @Wire
    private @Nullable Textbox in;

    private int clicks;

    @Listen("onClick=#go")
    public void go() {
        clicks++;
        out.setValue("clicked " + clicks + " " + in.getValue());
    }
}
