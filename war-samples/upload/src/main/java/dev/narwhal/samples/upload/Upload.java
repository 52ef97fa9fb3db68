package dev.narwhal.samples.upload;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** {@code /upload}: one line per part. Files above 64 KiB go to disk on their way; a file may have 64 MiB, a request 128 MiB. */
@WebServlet("/upload")
@MultipartConfig(fileSizeThreshold = 64 << 10, maxFileSize = 64 << 20, maxRequestSize = 128 << 20)
public class Upload extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.setCharacterEncoding("UTF-8");
        response.setContentType("text/plain;charset=UTF-8");
        var type = request.getContentType();
        if (type == null || !type.startsWith("multipart/form-data")) {
            response.setStatus(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
            response.getWriter().println("send multipart/form-data, not " + type);
            return;
        }
        Collection<Part> parts;
        try {
            parts = request.getParts();
        } catch (IllegalStateException _) { // Servlet 6.1: a part or the request is larger than its limit
            response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            response.getWriter().println("too large: " + limits());
            return;
        }
        for (var part : parts) {
            response.getWriter().println(describe(part));
            part.delete();
        }
    }

    private String limits() {
        var config = getClass().getAnnotation(MultipartConfig.class);
        return "a file may have " + config.maxFileSize() + " bytes, a request " + config.maxRequestSize();
    }

    private static String describe(Part part) throws IOException {
        var name = part.getSubmittedFileName();
        return part.getName() + (name == null ? "" : ", file " + name + ", " + part.getContentType()) + ", "
                + part.getSize() + " bytes, sha256 " + sha256(part);
    }

    private static String sha256(Part part) throws IOException {
        try (var content = new DigestInputStream(part.getInputStream(), MessageDigest.getInstance("SHA-256"))) {
            content.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(content.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
