package dev.narwhal.undertow;

import dev.narwhal.contract.ScoreboardSlot;
import dev.narwhal.undertow.accept.AcceptGate;
import dev.narwhal.undertow.accept.Connections;
import dev.narwhal.undertow.deploy.Apps;
import dev.narwhal.undertow.dispatch.Dispatcher;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ResponseCommitListener;
import java.util.Optional;

/**
 * The root handler: every request begins and ends here. Counts it in the scoreboard, sends it to its thread, and while the worker drains
 * answers with {@code Connection: close}.
 */
final class RequestGate implements HttpHandler {

    private final ScoreboardSlot slot;
    private final Connections connections;
    private final AcceptGate gate;
    private final Dispatcher dispatcher;
    private final Apps apps;
    private final ForwardedProto forwarded;
    private final Optional<AccessLine> accessLine;
    private final ResponseCommitListener closing = this::closeIfDraining;
    private volatile boolean draining;

    RequestGate(
            ScoreboardSlot slot,
            Connections connections,
            AcceptGate gate,
            Dispatcher dispatcher,
            Apps apps,
            ForwardedProto forwarded,
            Optional<AccessLine> accessLine) {
        this.slot = slot;
        this.connections = connections;
        this.gate = gate;
        this.dispatcher = dispatcher;
        this.apps = apps;
        this.forwarded = forwarded;
        this.accessLine = accessLine;
    }

    /** From now on every answer is the last one on its connection, also those to requests that are in flight already. */
    void closeConnections() {
        draining = true;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        var connection = connections.of(exchange);
        connection.busy();
        int ticket = slot.begin(exchange.getRequestMethod().toString(), exchange.getRequestPath(), System.nanoTime());
        exchange.addExchangeCompleteListener(new Ending(connection, ticket));
        exchange.addResponseCommitListener(closing);
        forwarded.apply(exchange);
        var target = apps.target(exchange);
        dispatcher.dispatch(exchange, target.route(), target.handler());
    }

    private void closeIfDraining(HttpServerExchange exchange) {
        if (draining && !exchange.isUpgrade()) {
            exchange.setPersistent(false);
        }
    }

    private final class Ending implements ExchangeCompletionListener {

        private final Connections.Tracked connection;
        private final int ticket;

        private Ending(Connections.Tracked connection, int ticket) {
            this.connection = connection;
            this.ticket = ticket;
        }

        @Override
        public void exchangeEvent(HttpServerExchange exchange, NextListener nextListener) {
            try {
                if (exchange.isUpgrade()) {
                    connections.upgraded(connection);
                } else {
                    connection.idle();
                }
                slot.end(ticket);
                accessLine.ifPresent(line -> line.log(exchange));
                dispatcher.ended();
                gate.requestEnded();
            } finally {
                nextListener.proceed();
            }
        }
    }
}
