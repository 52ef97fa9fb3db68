package dev.narwhal.wars;

import java.util.List;
import org.apache.struts2.ActionSupport;
import org.apache.struts2.action.UploadedFilesAware;
import org.apache.struts2.dispatcher.multipart.UploadedFile;

/** Tells name, type and size of what it was sent. */
public class UploadAction extends ActionSupport implements UploadedFilesAware {

    private static final long serialVersionUID = 1L;

    private String what = "nothing";

    @Override
    public void withUploadedFiles(List<UploadedFile> files) {
        for (UploadedFile file : files) {
            what = file.getOriginalName() + " " + file.getContentType() + " " + file.length();
        }
    }

    public String getWhat() {
        return what;
    }
}
