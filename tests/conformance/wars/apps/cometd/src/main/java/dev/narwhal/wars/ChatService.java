package dev.narwhal.wars;

import org.cometd.bayeux.Promise;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.AbstractService;

/** Answers the client that speaks to it. What is published on {@code /chat} goes to all, without it. */
public final class ChatService extends AbstractService {

    ChatService(BayeuxServer bayeux) {
        super(bayeux, "chat");
        addService("/service/hello", "hello");
    }

    public void hello(ServerSession from, ServerMessage message) {
        var answer = "Hello, " + message.getDataAsMap().get("name");
        from.deliver(getServerSession(), "/hello", answer, Promise.noop());
    }
}
