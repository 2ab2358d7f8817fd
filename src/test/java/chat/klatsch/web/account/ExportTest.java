package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.Messages.Author;
import chat.klatsch.core.Limit;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Images;
import chat.klatsch.fixture.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Downloads of a user's own data, and of a room for its owner. */
class ExportTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(
            config -> config.limit(Limit.POSTS_PER_MINUTE, 0).limit(Limit.ROOM_CHANGES_PER_MINUTE, 0));

    private static HttpResponse<byte[]> download(ChatClient user, String url, String path)
            throws IOException, InterruptedException {
        String[] cookie = user.cookieLine().split(": ");
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header(cookie[0], cookie[1])
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(""))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private Map<String, String> ownData(ChatClient user) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = download(user, chat.url(), "settings/export");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Disposition").orElseThrow())
                .matches("attachment; filename=\"" + user.username() + "-\\d{4}-\\d\\d-\\d\\d\\.zip\".*");
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(response.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static List<String> texts(String list, String field) throws IOException {
        return JSON.readTree(list).findValuesAsText(field);
    }

    @Test
    void a_user_gets_everything_of_their_own_and_no_text_of_others() throws Exception {
        ChatClient alice = chat.user("alice", "alice@example.org");
        ChatClient bob = chat.user("bob");
        ChatClient cellar = alice.makes("Cellar", "closed");
        ChatClient guest = cellar.admits(bob);
        cellar.posts("the owner speaks");
        String odd = "\"quoted\" \\ back\n\ttab 🎈";
        long seq = guest.posts(odd);
        guest.post(guest.at("messages"), Map.of("body", "a reply", "key", "r", "replyTo", "1"));
        cellar.post(cellar.at("messages/" + seq + "/reactions"), Map.of("emoji", "🎉", "on", "true"));
        guest.post(guest.at("messages/1/reactions"), Map.of("emoji", "👍", "on", "true"));
        long deleted = guest.posts("taken back");
        guest.post(guest.at("messages/" + deleted + "/delete"), Map.of());
        guest.post(guest.at("read"), Map.of("read", "4"));
        ChatClient between = bob.chatsWith("alice");
        between.posts("from bob");
        alice.in(between.room()).posts("from alice");
        bob.posts("in the lobby");
        bob.post("rooms/lobby/draft", Map.of("body", "not sent", "key", "draftkey", "at", "1"));
        Upload.avatar(bob, "b.png", Images.file("still.png"));
        ChatClient left = alice.makes("Left", "open");
        ChatClient visitor = bob.in(left.room());
        visitor.post(visitor.at("join"), Map.of());
        visitor.posts("said before leaving");
        visitor.post(visitor.at("leave"), Map.of());
        ChatClient secret = alice.makes("Secret", "closed");
        secret.post(secret.at("members"), Map.of("username", "bob"));
        cellar.post(cellar.at("mute"), Map.of("username", "bob", "note", "too loud"));
        bob.post("settings", Map.of("name", "", "about", "", "zone", "UTC", "language", "de"));

        Map<String, String> files = ownData(bob);

        assertThat(files.keySet())
                .containsExactly(
                        "account.json",
                        "avatar.jpg",
                        "invitations.json",
                        "messages.json",
                        "mutes.json",
                        "reactions.json",
                        "rooms.json",
                        "unsent.json");
        JsonNode account = JSON.readTree(files.get("account.json"));
        assertThat(account.get("username").asText()).isEqualTo("bob");
        assertThat(account.get("email").isNull()).isTrue();
        assertThat(account.get("language").asText()).isEqualTo("de");
        assertThat(JSON.readTree(files.get("mutes.json")).findValuesAsText("reason"))
                .containsExactly("too loud");
        JsonNode invitation = JSON.readTree(files.get("invitations.json")).get(0);
        assertThat(invitation.get("room").asText()).isEqualTo(secret.room());
        assertThat(invitation.get("invitedBy").asText()).isEqualTo("alice");
        assertThat(texts(files.get("rooms.json"), "joinedAt")).allMatch(time -> time.endsWith("Z"));
        assertThat(texts(files.get("rooms.json"), "readTo")).contains("4");
        assertThat(texts(files.get("messages.json"), "body"))
                .containsExactlyInAnyOrder(odd, "a reply", "from bob", "in the lobby", "said before leaving");
        JsonNode reacted = JSON.readTree(files.get("messages.json"));
        assertThat(reacted.findValue("reactions")).isNotNull();
        assertThat(files.get("messages.json")).contains("\"reactions\":{\"🎉\":1}", "\"replyTo\":1");
        assertThat(texts(files.get("reactions.json"), "emoji")).containsExactly("👍");
        assertThat(texts(files.get("rooms.json"), "name")).containsExactlyInAnyOrder("Lobby", "Cellar", "alice");
        assertThat(texts(files.get("unsent.json"), "body")).containsExactly("not sent");
        assertThat(String.join("", files.values()))
                .doesNotContain("owner speaks", "from alice", "taken back", "alice@example.org");
        assertThat(files.get("avatar.jpg")).isNotEmpty();
        assertThat(texts(ownData(alice).get("account.json"), "email")).containsExactly("alice@example.org");
    }

    @Test
    void messages_of_large_and_small_rooms_are_all_found_once() throws Exception {
        ChatClient alice = chat.user("alice");
        chat.user("bob");
        List<String> expected = new ArrayList<>();
        for (int room = 1; room <= 3; room++) {
            alice.makes("Room " + room, "open").posts("room " + room);
            expected.add("room " + room);
        }
        // More than two windows of messages, of which few are alice's.
        posts(RoomId.LOBBY, 1, 4_100, number -> number % 100 == 0 ? "alice" : "bob", number -> "n " + number);
        IntStream.rangeClosed(1, 41).forEach(hundred -> expected.add("n " + hundred * 100));
        assertThat(texts(ownData(alice).get("messages.json"), "body")).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void an_owner_downloads_the_room_and_nobody_else_does() throws Exception {
        ChatClient alice = chat.user("alice");
        ChatClient cellar = alice.makes("Käse/Keller", "closed");
        ChatClient guest = cellar.admits(chat.user("bob"));
        chat.user("carol").makes("Of Carol", "closed");
        cellar.posts("first\nsecond line");
        guest.post(guest.at("messages"), Map.of("body", "an answer", "key", "a", "replyTo", "1"));
        long deleted = guest.posts("taken back");
        guest.post(guest.at("messages/" + deleted + "/delete"), Map.of());
        posts(new RoomId(cellar.room()), 4, 450, number -> "bob", number -> "message " + number);

        HttpResponse<String> response = cellar.post(cellar.at("export"), Map.of("format", "json"));
        JsonNode room = JSON.readTree(response.body());
        assertThat(room.get("name").asText()).isEqualTo("Käse/Keller");
        assertThat(room.get("messages")).hasSize(450);
        JsonNode answer = room.get("messages").get(1);
        assertThat(answer.get("author").asText()).isEqualTo("bob");
        assertThat(answer.get("replyTo").asLong()).isEqualTo(1);
        assertThat(answer.get("body").asText()).isEqualTo("an answer");
        assertThat(room.get("messages").get(2).get("deleted").asBoolean()).isTrue();
        assertThat(response.body()).doesNotContain("taken back");
        assertThat(response.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("filename=\"K_se_Keller-", "filename*=UTF-8''K%C3%A4se%2FKeller-");

        HttpResponse<String> text = cellar.post(cellar.at("export"), Map.of("format", "text"));
        assertThat(text.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(text.body()).contains("    first\n    second line\n", "@bob\n    an answer\n", "message 450");

        for (String path : List.of(cellar.at("export"), "rooms/lobby/export")) {
            assertThat(guest.postStatus(path, Map.of())).isEqualTo(403);
        }
        assertThat(chat.user("carol").postStatus(cellar.at("export"), Map.of())).isEqualTo(404);
        // The first user is an operator.
        assertThat(alice.page("admin/audit").text()).contains("exported the room");
    }

    @Test
    void slow_clients_hold_nothing_that_others_need_and_only_a_few_have_a_turn() throws Exception {
        ChatClient alice = chat.user("alice");
        ChatClient cellar = alice.makes("Cellar", "closed");
        RoomId room = new RoomId(cellar.room());
        posts(room, 1, 900, number -> "alice", number -> "🎈".repeat(2_000));
        List<Socket> stalled = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            stalled.add(startReading(alice, "/" + cellar.at("export")));
        }
        assertThat(cellar.postStatus(cellar.at("export"), Map.of())).isEqualTo(503);
        assertThat(cellar.posts("others go on")).isEqualTo(901);
        for (Socket socket : stalled) {
            socket.close();
        }
        await().until(() -> cellar.postStatus(cellar.at("export"), Map.of()), status -> status != 503);
    }

    /** Posts in any order, many at a time: they share transactions. */
    private void posts(RoomId room, int first, int last, IntFunction<String> author, IntFunction<String> text) {
        ExecutorService writers = Executors.newFixedThreadPool(64);
        try {
            List<Future<?>> posts = new ArrayList<>();
            for (int each = first; each <= last; each++) {
                int number = each;
                posts.add(writers.submit(() ->
                        chat.server().messages().post(room, Author.person(author.apply(number)), text.apply(number))));
            }
            posts.forEach(post -> assertThat(post).succeedsWithin(Duration.ofSeconds(60)));
        } finally {
            writers.shutdown();
        }
    }

    /** Requests a download and reads its beginning. */
    private Socket startReading(ChatClient user, String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 * 1024);
        socket.connect(new InetSocketAddress("127.0.0.1", chat.port()));
        String request = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + chat.port() + "\r\n" + user.cookieLine()
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 200");
        return socket;
    }

    @Test
    void downloads_are_limited_for_each_user() throws Exception {
        ChatClient alice = chat.user("alice");
        for (int number = 0; number < 10; number++) {
            assertThat(download(alice, chat.url(), "settings/export").statusCode())
                    .isEqualTo(200);
        }
        HttpResponse<byte[]> refusal = download(alice, chat.url(), "settings/export");
        assertThat(refusal.statusCode()).isEqualTo(429);
        assertThat(refusal.headers().firstValue("Content-Disposition")).isEmpty();
        assertThat(download(chat.user("bob"), chat.url(), "settings/export").statusCode())
                .isEqualTo(200);
    }
}
