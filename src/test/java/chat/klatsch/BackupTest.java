package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.Messages.Author;
import chat.klatsch.core.RandomToken;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Images;
import chat.klatsch.fixture.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moves chats between databases by the commands {@code backup} and {@code restore}. */
class BackupTest extends MovedChatTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Returns the lines of each entry but the manifest, in any order. */
    private static Map<String, List<String>> content(Path file) throws IOException {
        Map<String, List<String>> content = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream()
                    .filter(entry -> entry.getName().endsWith(".jsonl"))
                    .toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    content.put(
                            entry.getName(),
                            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                                    .lines()
                                    .sorted()
                                    .toList());
                }
            }
        }
        return content;
    }

    /** Fills a chat with something in each table. */
    private static void converse(ChatServer chat) throws IOException {
        ChatClient alice = new ChatClient(chat.url(), "alice").signUp("alice@example.org");
        ChatClient bob = new ChatClient(chat.url(), "bob").signUp();
        ChatClient carol = new ChatClient(chat.url(), "carol").signUp();
        Upload.avatar(alice, "alice.png", Images.file("still.png"));
        alice.post("settings", Map.of("name", "Alice 🎈\u202e", "about", "äöü\n\"quoted\"\t\\", "zone", "Asia/Tokyo"));
        ChatClient cellar = alice.makes("Keller „" + "ß".repeat(40) + "“", "closed");
        ChatClient guest = cellar.admits(bob);
        cellar.posts("hello @bob");
        guest.posts("*first*\nsecond \u0001 𝒳 \u00a0 -- '; drop table users;");
        guest.post(guest.at("messages"), Map.of("body", "a reply", "key", "r", "replyTo", "1"));
        cellar.post(cellar.at("messages/1/reactions"), Map.of("emoji", "👍", "on", "true"));
        cellar.post(cellar.at("messages/2/reactions"), Map.of("emoji", "🎉", "on", "true"));
        guest.post(guest.at("messages/2/edit"), Map.of("body", "changed"));
        guest.posts("gone soon");
        guest.post(guest.at("messages/4/delete"), Map.of());
        cellar.post(cellar.at("members"), Map.of("username", "carol"));
        cellar.post(cellar.at("mute"), Map.of("username", "bob", "note", "loud"));
        alice.chatsWith("bob").posts("between us");
        cellar.post(cellar.at("draft"), Map.of("body", "not sent yet", "key", "d", "at", "1"));
        carol.makes("Open house", "open").posts("come in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "POSTGRESQL"})
    void a_chat_moves_to_the_other_engine_and_back_unchanged(String engine) throws Exception {
        String from = place(engine);
        String to = place(engine.equals("H2") ? "POSTGRESQL" : "H2");
        Path first = scratch.resolve("first.zip");
        Path second = scratch.resolve("second.zip");
        try (ChatServer chat = start(from)) {
            converse(chat);
            backUp(from, first);
        }
        restore(to, first);
        backUp(to, second);
        assertThat(content(second)).isEqualTo(content(first));
        assertThat(content(first))
                .containsKeys("users.jsonl", "messages.jsonl")
                .doesNotContainKeys("sessions.jsonl", "one_time_tokens.jsonl", "idempotency_keys.jsonl");
        for (String full :
                List.of("pictures", "reactions", "mentions", "mutes", "answers", "deletions", "invitations")) {
            assertThat(content(first).get(full + ".jsonl")).as(full).hasSizeGreaterThan(1);
        }

        try (ChatServer chat = start(to)) {
            ChatClient alice = new ChatClient(chat.url(), "alice").signIn();
            assertThat(alice.get("users/alice/avatar").statusCode()).isEqualTo(200);
            assertThat(alice.get("search?q=between").body()).contains("<mark>between</mark> us");
            ChatClient dave = new ChatClient(chat.url(), "dave").signUp();
            assertThat(dave.posts("new here")).isEqualTo(1);
        }
        // The database numbers new rows after the restored ones.
        Path third = scratch.resolve("third.zip");
        backUp(to, third);
        assertThat(content(third).get("users.jsonl").stream().filter(line -> line.contains("dave")))
                .singleElement()
                .asString()
                .startsWith("[" + (content(first).get("users.jsonl").size()) + ",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "POSTGRESQL"})
    void a_backup_while_everybody_writes_has_a_beginning_of_each_room_without_gaps(String engine) throws Exception {
        String from = place(engine);
        String to = place(engine.equals("H2") ? "POSTGRESQL" : "H2");
        Path file = scratch.resolve("busy.zip");
        Map<String, List<ChatClient.Seen>> all = new HashMap<>();
        Map<String, Integer> before = new HashMap<>();
        try (ChatServer chat = start(from)) {
            List<ChatClient> writers = new ArrayList<>();
            for (String name : List.of("alice", "bob", "carol", "dave")) {
                writers.add(new ChatClient(chat.url(), name).signUp().makes("Room of " + name, "open"));
            }
            AtomicBoolean stopped = new AtomicBoolean();
            Map<ChatClient, AtomicInteger> acknowledged = new HashMap<>();
            writers.forEach(writer -> acknowledged.put(writer, new AtomicInteger()));
            List<CompletableFuture<Void>> loads = new ArrayList<>();
            for (ChatClient writer : writers) {
                loads.add(CompletableFuture.runAsync(() -> {
                    while (!stopped.get()) {
                        int number = acknowledged.get(writer).get() + 1;
                        writer.posts("message " + number);
                        acknowledged.get(writer).set(number);
                        if (number % 5 == 0) {
                            writer.post(writer.at("messages/" + (number - 2) + "/edit"), Map.of("body", "edited"));
                        }
                    }
                }));
            }
            ChatClient last = writers.get(3);
            await().atMost(PATIENCE).until(() -> acknowledged.get(last).get() > 20);
            acknowledged.forEach((writer, count) -> before.put(writer.room(), count.get()));
            backUp(from, file);
            int during = acknowledged.get(last).get();
            await().atMost(PATIENCE).until(() -> acknowledged.get(last).get() > during + 5);
            stopped.set(true);
            loads.forEach(CompletableFuture::join);
            writers.forEach(writer -> all.put(writer.room(), transcript(writer)));
        }
        restore(to, file);
        try (ChatServer chat = start(to)) {
            ChatClient alice = new ChatClient(chat.url(), "alice").signIn();
            for (Map.Entry<String, List<ChatClient.Seen>> room : all.entrySet()) {
                ChatClient reader = alice.in(room.getKey());
                reader.post(reader.at("join"), Map.of());
                List<ChatClient.Seen> restored = transcript(reader);
                assertThat(restored)
                        .hasSizeBetween(
                                before.get(room.getKey()), room.getValue().size() - 1);
                assertThat(reader.posts("after the restore")).isEqualTo(restored.size() + 1);
                int unedited = restored.size() - 5;
                assertThat(restored.subList(0, unedited))
                        .isEqualTo(room.getValue().subList(0, unedited));
                assertThat(restored)
                        .extracting(ChatClient.Seen::seq)
                        .containsExactlyElementsOf(room.getValue().subList(0, restored.size()).stream()
                                .map(ChatClient.Seen::seq)
                                .toList());
            }
        }
    }

    @Test
    void a_database_with_content_and_the_directory_of_a_running_chat_are_left_alone() throws Exception {
        Path file = smallBackup();
        String target = place("H2");
        try (ChatServer chat = start(target)) {
            assertRefused(target, file, "is in use by another chat");
            new ChatClient(chat.url(), "bob").signUp().posts("mine");
        }
        assertRefused(target, file, "the database is not empty: it has users");
        try (ChatServer chat = start(target)) {
            assertThat(transcript(new ChatClient(chat.url(), "bob").signIn()))
                    .extracting(ChatClient.Seen::body)
                    .containsExactly("mine");
        }
    }

    @Test
    void a_chat_stops_in_time_although_somebody_does_not_read_its_backup() throws Exception {
        String place = place("H2");
        ChatServer chat = start(place);
        new ChatClient(chat.url(), "alice").signUp();
        for (int number = 0; number < 400; number++) {
            chat.messages().post(RoomId.LOBBY, Author.person("alice"), RandomToken.ofBits(10_000));
        }
        Path socket = Path.of(place.replace("--data=", ""), "klatsch.sock");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        try (SocketChannel reader = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            assertThat(reader.read(ByteBuffer.allocate(100))).isEqualTo(100);
            long begun = System.nanoTime();
            chat.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
            assertThat(socket).doesNotExist();
        }
    }

    @Test
    void a_chat_that_has_been_started_but_has_no_users_counts_as_empty() {
        Path file = smallBackup();
        for (String engine : List.of("H2", "POSTGRESQL")) {
            String target = place(engine);
            start(target).close();
            restore(target, file);
            try (ChatServer chat = start(target)) {
                assertThat(transcript(new ChatClient(chat.url(), "alice").signIn()))
                        .hasSize(1);
            }
        }
    }

    @Test
    void a_backup_replaces_an_older_one_only_when_it_is_complete_and_only_its_owner_can_read_it() throws Exception {
        Path file = smallBackup();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        byte[] older = Files.readAllBytes(file);
        assertThatThrownBy(() -> backUp("--data=" + scratch.resolve("nothing"), file))
                .hasMessageStartingWith("there is no database in ");
        assertThat(Files.readAllBytes(file)).isEqualTo(older);
        assertThat(scratch.resolve("nothing")).doesNotExist();
        String restored = place(file);
        Path database = Path.of(restored.replace("--data=", ""), "klatsch.mv.db");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(database)))
                .isEqualTo("rw-------");
        backUp(restored, file);
        assertThat(Files.readAllBytes(file)).isNotEqualTo(older);
        try (Stream<Path> files = Files.list(scratch)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void the_embedded_database_has_the_same_indexes_and_constraints_as_a_new_one() throws Exception {
        String restored = place(smallBackup());
        String fresh = place("H2");
        start(fresh).close();
        assertThat(schema(restored)).hasSizeGreaterThan(50).isEqualTo(schema(fresh));
    }

    /** Returns the statements that create the schema, without the numbers of the next rows. */
    private static List<String> schema(String place) throws SQLException {
        String file = place.replace("--data=", "");
        List<String> statements = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file + "/klatsch");
                Statement statement = connection.createStatement();
                ResultSet script = statement.executeQuery("script nodata nosettings")) {
            while (script.next()) {
                statements.add(script.getString(1)
                        .replaceAll(" RESTART WITH \\d+|\"CONSTRAINT_\\w+\"|-- .*| COMMENT '[^']*'", ""));
            }
        }
        Collections.sort(statements);
        return statements;
    }
}
