package dev.narwhal.samples.websocket;

import jakarta.websocket.Decoder;

/** The way back from {@link MessageEncoder}. */
public final class MessageDecoder implements Decoder.Text<Message> {

    @Override
    public boolean willDecode(String line) {
        return line.contains(MessageEncoder.SEPARATOR);
    }

    @Override
    public Message decode(String line) {
        int end = line.indexOf(MessageEncoder.SEPARATOR);
        return new Message(line.substring(0, end), line.substring(end + MessageEncoder.SEPARATOR.length()));
    }
}
