package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.core.ChatException;
import chat.klatsch.fixture.ChatClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chat with accounts, whose users are from now on those of an application. */
class AdoptionTest {
    @TempDir
    Path directory;

    @Test
    void an_account_becomes_that_of_a_user_with_all_that_belongs_to_it() {
        try (ChatServer own = ChatServer.start(
                        config -> config.fromEnvironment().port(0).dataDirectory(directory));
                ChatClient alice = ChatClient.join(own, "alice");
                ChatClient bob = ChatClient.join(own, "bob")) {
            alice.posts("from before");
            assertThatThrownBy(() -> own.people().adopt("alice", "17")).isInstanceOf(IllegalStateException.class);
            bob.posts("me, too");
        }
        try (ChatServer hosted = ChatServer.start(config -> config.fromEnvironment()
                        .port(0)
                        .dataDirectory(directory)
                        .users(
                                request -> Optional.ofNullable(request.getHeader("User"))
                                        .map(id -> new HostUser(id, "alice", "Alice Cooper")),
                                "/login"));
                ChatClient user = new ChatClient(hosted.url(), "somebody")) {
            People people = hosted.people();
            people.adopt("ALICE", "17");
            String page = user.get("rooms/lobby", "User", "17").body();
            assertThat(page).contains("@alice\"", "Alice Cooper", "from before", "me, too");
            assertThat(user.postStatus("rooms/lobby/messages/1/delete", Map.of(), "User", "17"))
                    .isEqualTo(303);
            assertThat(user.get("rooms/lobby", "User", "18").body()).contains("@alice-2");

            refused(ChatException.Kind.TAKEN, () -> people.adopt("alice", "19"));
            refused(ChatException.Kind.TAKEN, () -> people.adopt("bob", "17"));
            refused(ChatException.Kind.TAKEN, () -> people.adopt("alice-2", "19"));
            refused(ChatException.Kind.NOT_FOUND, () -> people.adopt("carol", "19"));
            assertThatThrownBy(() -> people.adopt("bob", " ")).isInstanceOf(IllegalArgumentException.class);
            people.adopt("bob", "19");
            assertThat(people.provision(new HostUser("19", "bob", "Bob"))).isEqualTo("bob");
        }
    }

    @Test
    void the_user_of_an_adopted_account_comes_in_by_link() {
        try (ChatServer own = ChatServer.start(
                        config -> config.fromEnvironment().port(0).dataDirectory(directory));
                ChatClient alice = ChatClient.join(own, "alice")) {
            alice.posts("from before");
        }
        try (ChatServer hosted = ChatServer.start(config -> config.fromEnvironment()
                        .port(0)
                        .dataDirectory(directory)
                        .users("https://shop.example/login"));
                ChatClient user = new ChatClient(hosted.url(), "somebody")) {
            hosted.people().adopt("alice", "17");
            String link = hosted.people().signInUrl(new HostUser("17", "alice", "Alice"), "/rooms/lobby");
            HttpResponse<String> entry = user.get(link.substring(hosted.url().length()));
            assertThat(entry.headers().firstValue("Location")).contains("/rooms/lobby");
            assertThat(user.get("rooms/lobby").body()).contains("@alice\"", "from before");
        }
    }

    private static void refused(ChatException.Kind kind, Runnable adoption) {
        assertThatThrownBy(adoption::run)
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }
}
