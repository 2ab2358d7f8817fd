package chat.klatsch.example;

import chat.klatsch.ChatServer;

/** The example of the README. */
final class Embedding {
    public static void main(String[] arguments) {
        try (ChatServer chat = ChatServer.start(config -> config.port(0))) {
            System.out.println("Talk at " + chat.url());
        }
    }
}
