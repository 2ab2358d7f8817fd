package chat.klatsch.examples.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import chat.klatsch.ChatMessage;
import chat.klatsch.ChatServer;
import chat.klatsch.Messages.Author;
import chat.klatsch.core.RoomId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BotTest {
    private static final String PASSWORD = UUID.randomUUID().toString();

    @TempDir
    Path directory;

    private ChatServer chat;
    private Thread bot;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        chat = ChatServer.start(config -> config.port(0).dataDirectory(directory.resolve("data")));
        signUp("anna");
        signUp("echo");
    }

    @AfterEach
    void stop() throws InterruptedException {
        stopBot();
        chat.close();
    }

    @Test
    void it_answers_each_message_once_also_those_that_it_missed_and_after_a_crash() throws Exception {
        say("!echo before its time");
        startBot();
        await(() -> Files.exists(cursor()));
        say("hello");
        say("!echo one");
        await(() -> answers().equals(List.of("one")));

        stopBot();
        say("!echo two");
        say("!echo two");
        // As if it had died between its answer and noting that it is done.
        Files.writeString(cursor(), "1");
        startBot();
        await(() -> answers().equals(List.of("one", "two", "two")));
        assertEquals(
                8, chat.messages().before(RoomId.LOBBY, Long.MAX_VALUE, 100).size());
    }

    private void startBot() {
        bot = new Thread(() -> {
            try {
                new Bot(chat.url(), "echo", cursor()).run(PASSWORD);
            } catch (InterruptedException e) {
                // The end of the test.
            }
        });
        bot.start();
    }

    private void stopBot() throws InterruptedException {
        bot.interrupt();
        bot.join();
    }

    private Path cursor() {
        return directory.resolve("bot.seq");
    }

    private void say(String text) {
        chat.messages().post(RoomId.LOBBY, Author.person("anna"), text);
    }

    private List<String> answers() {
        return chat.messages().before(RoomId.LOBBY, Long.MAX_VALUE, 100).stream()
                .filter(message -> message.author().username().equals("echo"))
                .map(ChatMessage::text)
                .toList();
    }

    private void signUp(String name) throws IOException, InterruptedException {
        HttpRequest form = HttpRequest.newBuilder(URI.create(chat.url() + "signup"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("username=" + name + "&password=" + PASSWORD))
                .build();
        assertEquals(
                303,
                HttpClient.newHttpClient()
                        .send(form, HttpResponse.BodyHandlers.discarding())
                        .statusCode());
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (!condition.holds()) {
                Thread.sleep(50);
            }
        });
    }
}
