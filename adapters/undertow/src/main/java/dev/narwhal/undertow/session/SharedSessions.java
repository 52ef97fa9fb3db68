package dev.narwhal.undertow.session;

import dev.narwhal.contract.ScoreboardSessions;
import dev.narwhal.contract.WorkerSpec.SessionRules;
import dev.narwhal.worker.session.Reaper;
import dev.narwhal.worker.session.SessionStore;
import java.util.Optional;

/**
 * What the sessions of all applications have in common.
 *
 * @param store where they are
 * @param alone whether this is the only worker
 * @param reaper ends what has expired
 * @param rules how many there may be and how large, which classes may be read, and their cookie
 * @param counters where to count what happens
 * @param together for requests that end at about the same time; empty where each is alone
 * @param route what ids end with, so that the worker is found that has the session; empty if every worker has it
 */
public record SharedSessions(
        SessionStore store,
        boolean alone,
        Reaper reaper,
        SessionRules rules,
        ScoreboardSessions counters,
        Optional<Together> together,
        String route) {}
