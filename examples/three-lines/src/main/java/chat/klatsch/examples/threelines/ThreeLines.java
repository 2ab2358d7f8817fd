package chat.klatsch.examples.threelines;

import chat.klatsch.ChatServer;

/** A chat with accounts of its own. Runs until it is interrupted. */
public final class ThreeLines {
    public static void main(String[] arguments) throws InterruptedException {
        ChatServer chat = ChatServer.start(config -> config.port(0));
        System.out.println("Talk at " + chat.url());
        chat.join();
    }
}
