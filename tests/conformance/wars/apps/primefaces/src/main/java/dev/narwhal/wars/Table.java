package dev.narwhal.wars;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Named;
import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.primefaces.event.FileUploadEvent;
import org.primefaces.model.DefaultStreamedContent;
import org.primefaces.model.StreamedContent;

/** What a view keeps: the rows of its table, and what was uploaded last. */
@Named
@ViewScoped
public class Table implements Serializable {

    private static final long serialVersionUID = 1;

    private final List<String> rows = new ArrayList<>();
    private String name = "";
    private String uploaded = "nothing";

    public Table() {
        for (int i = 0; i < 100; i++) {
            rows.add("row " + i);
        }
    }

    public List<String> getRows() {
        return rows;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getUploaded() {
        return uploaded;
    }

    public void add() {
        rows.add(0, name);
        FacesContext.getCurrentInstance().addMessage(null, new FacesMessage("added " + name));
    }

    public void upload(FileUploadEvent event) {
        uploaded = event.getFile().getFileName() + " " + event.getFile().getSize();
    }

    public StreamedContent getDownload() {
        var text = String.join("\n", rows).getBytes(StandardCharsets.UTF_8);
        return DefaultStreamedContent.builder()
                .name("rows.txt")
                .contentType("text/plain")
                .stream(() -> new ByteArrayInputStream(text))
                .build();
    }
}
