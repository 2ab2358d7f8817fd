package chat.klatsch.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.core.ChatException;
import chat.klatsch.event.LocalEventBus;
import chat.klatsch.store.Database;
import chat.klatsch.store.account.SqlAccountStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EqualWorkTest {
    private static final Requester ANYBODY = new Requester("192.0.2.1", "alice", Requester.Rank.SIGN_IN);

    /** Stores plain text, and records the passwords that it compares. */
    private static final class RecordingHasher implements PasswordHasher {
        final List<String> compared = new ArrayList<>();

        @Override
        public String hash(String password, Requester requester) {
            return "hash of " + password;
        }

        @Override
        public boolean matches(String password, String hash, Requester requester) {
            compared.add(password);
            return hash(password, requester).equals(hash);
        }
    }

    @TempDir
    Path directory;

    @Test
    void an_unknown_username_costs_the_same_hash_as_a_wrong_password() {
        RecordingHasher passwords = new RecordingHasher();
        try (Database database = Database.open("jdbc:h2:file:" + directory.resolve("test"), Duration.ZERO)) {
            AccountService accounts = new AccountService(
                    new SqlAccountStore(database),
                    passwords,
                    (password, names) -> false,
                    new LocalEventBus(),
                    Clock.systemUTC());
            accounts.signUp(new NewAccount("alice", "correct horse", Optional.empty()), ANYBODY);

            assertThatThrownBy(() -> accounts.signIn("alice", "wrong horse", ANYBODY))
                    .isInstanceOf(ChatException.class);
            assertThatThrownBy(() -> accounts.signIn("nobody", "wrong horse", ANYBODY))
                    .isInstanceOf(ChatException.class);
            assertThat(passwords.compared).containsExactly("wrong horse", "wrong horse");
            assertThat(accounts.signIn("alice", "correct horse", ANYBODY).user().username())
                    .isEqualTo("alice");

            passwords.compared.clear();
            assertThatThrownBy(() -> accounts.signIn("alice", "wro\u0308ng horse", ANYBODY))
                    .isInstanceOf(ChatException.class);
            assertThatThrownBy(() -> accounts.signIn("nobody", "wro\u0308ng horse", ANYBODY))
                    .isInstanceOf(ChatException.class);
            assertThat(passwords.compared)
                    .containsExactly("wröng horse", "wro\u0308ng horse", "wröng horse", "wro\u0308ng horse");
        }
    }

    @Test
    void a_password_that_an_older_version_has_hashed_as_typed_still_signs_in() {
        RecordingHasher passwords = new RecordingHasher();
        try (Database database = Database.open("jdbc:h2:file:" + directory.resolve("old"), Duration.ZERO)) {
            SqlAccountStore store = new SqlAccountStore(database);
            AccountService accounts = new AccountService(
                    store, passwords, (password, names) -> false, new LocalEventBus(), Clock.systemUTC());
            String typed = "corre\u0301ct horse";
            store.create(
                    new NewAccount("alice", typed, Optional.empty()),
                    passwords.hash(typed, ANYBODY),
                    Clock.systemUTC().instant());
            assertThat(accounts.signIn("alice", typed, ANYBODY).user().username())
                    .isEqualTo("alice");
            assertThatThrownBy(() -> accounts.signIn("alice", "correct horse", ANYBODY))
                    .isInstanceOf(ChatException.class);
        }
    }
}
