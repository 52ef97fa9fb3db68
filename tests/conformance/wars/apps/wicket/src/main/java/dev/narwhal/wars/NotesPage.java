package dev.narwhal.wars;

import java.util.ArrayList;
import java.util.List;
import org.apache.wicket.ajax.AjaxRequestTarget;
import org.apache.wicket.ajax.markup.html.AjaxLink;
import org.apache.wicket.markup.html.WebPage;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.markup.html.form.Form;
import org.apache.wicket.markup.html.form.TextField;
import org.apache.wicket.markup.html.form.upload.FileUpload;
import org.apache.wicket.markup.html.form.upload.FileUploadField;
import org.apache.wicket.markup.html.list.ListItem;
import org.apache.wicket.markup.html.list.ListView;
import org.apache.wicket.markup.html.panel.FeedbackPanel;
import org.apache.wicket.model.Model;
import org.apache.wicket.model.PropertyModel;

/** All that a user sees is in the page: its notes and its count are restored from the session for each request. */
public class NotesPage extends WebPage {

    private static final long serialVersionUID = 1L;

    private final List<String> notes = new ArrayList<>();
    private int clicks;
    private String note = "";

    public NotesPage() {
        Label count = new Label("count", new PropertyModel<>(this, "clicks"));
        add(count.setOutputMarkupId(true).setMarkupId("count"));
        add(new AjaxLink<Void>("click") {
            private static final long serialVersionUID = 1L;

            @Override
            public void onClick(AjaxRequestTarget target) {
                clicks++;
                target.add(count);
            }
        });
        add(new FeedbackPanel("feedback"));
        Form<Void> form = new Form<>("form") {
            private static final long serialVersionUID = 1L;

            @Override
            protected void onSubmit() {
                notes.add(note);
                note = "";
            }
        };
        form.add(new TextField<>("note", new PropertyModel<String>(this, "note")).setRequired(true));
        add(form);
        add(new ListView<>("notes", notes) {
            private static final long serialVersionUID = 1L;

            @Override
            protected void populateItem(ListItem<String> item) {
                item.add(new Label("text", item.getModel()));
            }
        });
        add(uploads());
    }

    private Form<Void> uploads() {
        FileUploadField file = new FileUploadField("file");
        Label size = new Label("size", Model.of(""));
        Form<Void> uploads = new Form<>("uploads") {
            private static final long serialVersionUID = 1L;

            @Override
            protected void onSubmit() {
                FileUpload upload = file.getFileUpload();
                size.setDefaultModelObject(upload == null ? "none" : upload.getClientFileName() + " " + upload.getSize());
            }
        };
        uploads.setMultiPart(true);
        uploads.add(file, size);
        return uploads;
    }
}
