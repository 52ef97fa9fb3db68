package dev.narwhal.samples.upload;

import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;

/** {@code /upload/small}: a file may have 1 KiB, a request 4 KiB; every file goes to disk. */
@WebServlet("/upload/small")
@MultipartConfig(maxFileSize = 1 << 10, maxRequestSize = 4 << 10)
public final class SmallUpload extends Upload {
    private static final long serialVersionUID = 1L;
}
