package dev.narwhal.undertow.deploy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/** The stream of a response that takes nothing more, as after a redirect. */
final class Discarding extends ServletOutputStream {

    @Override
    public void write(int octet) {}

    @Override
    public void write(byte[] octets, int offset, int length) {}

    @Override
    public boolean isReady() {
        return true;
    }

    /** Nobody has to be told when nothing can be written. */
    @Override
    public void setWriteListener(WriteListener listener) {}
}
