package dev.narwhal.undertow.session;

import dev.narwhal.worker.session.Reaper;
import dev.narwhal.worker.session.SessionStore;

/**
 * What the sessions of all applications have in common.
 *
 * @param store where they are
 * @param alone whether this is the only worker
 * @param reaper ends what has expired
 */
public record SharedSessions(SessionStore store, boolean alone, Reaper reaper) {}
