package dev.narwhal.samples.websocket;

import jakarta.websocket.Encoder;

/** A message as a line of text: {@code name: what they say}. */
public final class MessageEncoder implements Encoder.Text<Message> {

    static final String SEPARATOR = ": ";

    @Override
    public String encode(Message message) {
        return message.from() + SEPARATOR + message.text();
    }
}
