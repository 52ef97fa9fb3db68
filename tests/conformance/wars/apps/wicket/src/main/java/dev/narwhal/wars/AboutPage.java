package dev.narwhal.wars;

import org.apache.wicket.markup.html.WebPage;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.request.mapper.parameter.PageParameters;

/** Stateless and at a path of its own. */
public class AboutPage extends WebPage {

    private static final long serialVersionUID = 1L;

    public AboutPage(PageParameters parameters) {
        super(parameters);
        add(new Label("topic", parameters.get("topic").toString("nothing")));
    }
}
