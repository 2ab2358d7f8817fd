package chat.klatsch.examples.shop;

import chat.klatsch.ChatEvent;
import chat.klatsch.ChatMessage;
import chat.klatsch.ChatRoom;
import chat.klatsch.KlatschPlugin;
import chat.klatsch.Messages.Author;
import chat.klatsch.core.RoomId;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A shop whose customers talk to the support in a frame of its page. A bot answers questions about orders. */
public final class Shop {
    private static final Pattern ORDER = Pattern.compile("(?i)order (\\d+)");
    private static final Author BOT = Author.bot("orders", "Orders");

    private final KlatschPlugin chat;

    Shop(Path data) {
        chat = new KlatschPlugin(settings -> {
            settings.path("/chat");
            settings.users(request -> Customer.of(request.getSession(false)).map(Customer::hostUser), "/");
            settings.frameAncestors("'self'");
            settings.dataDirectory(data);
        });
    }

    Javalin start(int port) {
        return Javalin.create(config -> {
                    config.registerPlugin(chat);
                    config.events.serverStarted(() -> chat.events().durable("orders", this::answer));
                    config.routes.get("/", this::showHome);
                    config.routes.post("/login", this::signIn);
                    config.routes.post("/logout", this::signOut);
                })
                .start(port);
    }

    private void showHome(Context context) {
        context.html("<!doctype html><title>Shop</title>"
                + Customer.of(context.req().getSession(false)).map(this::home).orElse("""
                        <form action="/login" method="post"><input name="login" aria-label="Name"><button>Sign in</button></form>
                        """));
    }

    private String home(Customer customer) {
        String talk = customer.equals(Customer.AGENT)
                ? "<a href='/chat/'>Talks</a>"
                : "<iframe src='%s' title='Support' width='400' height='500'></iframe>"
                        .formatted(chat.rooms().embedUrl(supportRoom(customer)));
        return """
                <h1>Hello, %s</h1> %s
                <form action="/logout" method="post"><button>Sign out</button></form>
                """.formatted(customer.name(), talk);
    }

    private RoomId supportRoom(Customer customer) {
        String key = "support-" + customer.id();
        ChatRoom room = chat.rooms().create(ChatRoom.Kind.CLOSED, customer.name(), key);
        for (Customer member : List.of(customer, Customer.AGENT)) {
            chat.people().provision(member.hostUser());
            chat.rooms().add(room.id(), member.id());
        }
        return room.id();
    }

    private void answer(ChatEvent event) {
        if (event instanceof ChatEvent.Posted posted
                && !posted.message().author().bot()) {
            ChatMessage message = posted.message();
            Matcher order = ORDER.matcher(message.text());
            if (order.find()) {
                String text = "Order " + order.group(1) + " is on its way.";
                chat.messages().reply(message.room(), message.seq(), BOT, text, "answer-" + message.seq());
            }
        }
    }

    private void signIn(Context context) {
        Customer.find(context.formParam("login")).ifPresent(customer -> {
            context.sessionAttribute("customer", customer);
            context.req().changeSessionId();
        });
        context.redirect("/");
    }

    private void signOut(Context context) {
        Customer.of(context.req().getSession(false)).ifPresent(customer -> {
            context.req().getSession().invalidate();
            chat.people().signOut(customer.id());
        });
        context.redirect("/");
    }

    public static void main(String[] arguments) {
        new Shop(Path.of("klatsch-data")).start(7000);
    }
}
