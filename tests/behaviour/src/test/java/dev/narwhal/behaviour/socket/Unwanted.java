package dev.narwhal.behaviour.socket;

import jakarta.websocket.server.ServerEndpoint;

/** Annotated, but not among those that the application asks for. */
@ServerEndpoint("/unwanted")
public final class Unwanted {}
