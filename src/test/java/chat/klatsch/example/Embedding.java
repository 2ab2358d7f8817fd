package chat.klatsch.example;

import chat.klatsch.ChatConfig;
import chat.klatsch.ChatEvent;
import chat.klatsch.ChatMessage;
import chat.klatsch.ChatRoom;
import chat.klatsch.ChatServer;
import chat.klatsch.HostUser;
import chat.klatsch.Look;
import chat.klatsch.Messages.Author;
import chat.klatsch.core.RoomId;
import io.javalin.http.Context;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/** The snippets of the documents that are in none of the examples. They are compiled, and never run. */
final class Embedding {
    private interface Tickets {
        void add(String customer, String text);
    }

    private interface Metrics {
        void count(ChatEvent event);
    }

    private Embedding() {}

    static void starts(URI url) {
        ChatServer.start();
        ChatServer.start(config -> config.port(0).publicUrl(url));
        ChatServer.start(config -> config.fromEnvironment().port(0));
    }

    static void settings(ChatConfig config, Map<String, HostUser> sessions) {
        config.look(new Look()
                .name("ACME Talk")
                .logo(Path.of("acme.svg"))
                .style(":root { --klatsch-accent: #06c }")
                .home("/", "Back to the shop"));
        config.texts(Locale.FRENCH, ResourceBundle.getBundle("shop.chat", Locale.FRENCH));
        config.texts(Locale.GERMAN, ResourceBundle.getBundle("shop.chat", Locale.GERMAN));
        config.users(request -> cookie(request, "shop").map(sessions::get), "/login");
    }

    static void frame(ChatConfig config, ChatServer chat, Context context, HostUser customer, RoomId room) {
        config.frameAncestors("https://shop.example");
        context.html("<iframe src='" + chat.people().signInUrl(customer, room) + "' title='Talk to us'></iframe>");
    }

    static List<HostUser> users() {
        return List.of(new HostUser("17", "anna", "Anna Müller")
                .with(HostUser.Role.OPERATOR)
                .in(ZoneId.of("Europe/Berlin"))
                .in(Locale.GERMANY));
    }

    static void programs(ChatServer chat, HostUser customer, Tickets tickets, Metrics metrics) {
        ChatRoom room = chat.rooms().create(ChatRoom.Kind.CLOSED, "Order 17", "order-17");
        chat.rooms().add(room.id(), customer.id());
        chat.messages().post(room.id(), Author.bot("shop", "Shop"), "Thank you for your order!", "welcome");

        chat.events().durable("support", event -> {
            if (event instanceof ChatEvent.Posted posted
                    && !posted.message().author().bot()) {
                tickets.add(posted.message().author().id(), posted.message().text());
            }
        });

        chat.events().listen(event -> metrics.count(event));
        chat.events().durable("echo", event -> {
            if (event instanceof ChatEvent.Posted posted
                    && !posted.message().author().bot()) {
                ChatMessage message = posted.message();
                chat.messages()
                        .reply(
                                message.room(),
                                message.seq(),
                                Author.bot("echo", "Echo"),
                                message.text(),
                                "" + message.seq());
            }
        });
    }

    private static Optional<String> cookie(HttpServletRequest request, String name) {
        return Stream.of(request.getCookies())
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst();
    }
}
