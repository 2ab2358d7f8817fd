package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.account.AccountStore;
import chat.klatsch.account.Contact;
import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.NewAccount;
import chat.klatsch.account.TokenPurpose;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Message;
import chat.klatsch.store.account.SqlAccountChanges;
import chat.klatsch.store.account.SqlAccountStore;
import chat.klatsch.store.message.SqlMessageStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds for accounts and their tokens on every engine. Each test has a person of its own in one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AccountStoreContract {
    private static final Instant NOW = MessageStoreContract.NOW;
    private Database database;
    private SqlMessageStore store;
    private SqlAccountStore accounts;
    private SqlAccountChanges changes;

    private int people;
    private User alice;
    private EmailAddress address;
    private String token;
    private String otherToken;

    /** The URL of an empty database. */
    abstract String url();

    @BeforeAll
    void open() {
        database = Database.open(url(), Duration.ZERO);
        store = new SqlMessageStore(database);
        accounts = new SqlAccountStore(database);
        changes = new SqlAccountChanges(database);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @BeforeEach
    void signUp() {
        String name = "alice" + ++people;
        alice = accounts.create(
                new NewAccount(name, "correct horse", Optional.of("Alice" + people + "@Example.org")), "hash", NOW);
        address = new EmailAddress("ALICE" + people + "@example.org");
        token = "%064x".formatted(people);
        otherToken = "b" + token.substring(1);
    }

    @Test
    void a_token_is_good_for_its_purpose_until_it_is_used_or_expires() {
        changes.allow(TokenPurpose.VERIFY, token, alice.id(), address, NOW);
        Contact unverified =
                new Contact(alice, Optional.of(new EmailAddress("Alice" + people + "@Example.org")), false);
        Instant last = NOW.plus(Duration.ofHours(24)).minusMillis(1);
        assertThat(changes.allowed(TokenPurpose.VERIFY, token, last)).contains(unverified);
        assertThat(changes.allowed(TokenPurpose.VERIFY, token, last.plusMillis(1)))
                .isEmpty();
        assertThat(changes.allowed(TokenPurpose.RESET, token, NOW)).isEmpty();
        assertThat(changes.allowed(TokenPurpose.VERIFY, otherToken, NOW)).isEmpty();
        assertThat(changes.resetPassword(token, "new hash", NOW)).isEmpty();
        assertThat(changes.verify(token, last.plusMillis(1))).isFalse();

        assertThat(changes.verify(token, last)).isTrue();
        assertThat(changes.contact(alice.id()).orElseThrow().verified()).isTrue();
        assertThat(changes.verify(token, last)).isFalse();

        changes.allow(TokenPurpose.RESET, token, alice.id(), address, NOW);
        assertThat(changes.allowed(TokenPurpose.RESET, token, NOW.plus(Duration.ofHours(1))))
                .isEmpty();
        // The next one takes the expired ones away.
        changes.allow(TokenPurpose.RESET, otherToken, alice.id(), address, NOW.plus(Duration.ofHours(1)));
        assertThat(tokens()).isOne();
    }

    @Test
    void of_many_who_use_a_token_at_the_same_time_one_is_the_first() {
        changes.allow(TokenPurpose.RESET, token, alice.id(), address, NOW);
        List<CompletableFuture<Boolean>> all = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> changes.resetPassword(token, "hash " + i, NOW).isPresent()))
                .toList();
        assertThat(all.stream().map(CompletableFuture::join).filter(used -> used))
                .hasSize(1);
    }

    @Test
    void a_reset_ends_all_sign_ins_and_tokens() {
        accounts.open(token, credentials("hash"), NOW, NOW.plusSeconds(60));
        changes.allow(TokenPurpose.VERIFY, token, alice.id(), address, NOW);
        changes.allow(TokenPurpose.RESET, otherToken, alice.id(), address, NOW);
        assertThat(changes.resetPassword(otherToken, "new hash", NOW)).contains(alice.id());
        assertThat(accounts.session(token, NOW)).isEmpty();
        assertThat(tokens()).isZero();
        assertThat(accounts.credentials(alice.username())).contains(credentials("new hash"));
        assertThat(changes.contact(address).orElseThrow().verified()).isTrue();
    }

    @Test
    void a_token_dies_with_the_address_that_it_was_sent_to() {
        changes.allow(TokenPurpose.VERIFY, token, alice.id(), address, NOW);
        changes.changeEmail(alice.id(), new EmailAddress("alice@example.net"));
        // One that comes late, of a letter that was written before.
        changes.allow(TokenPurpose.RESET, otherToken, alice.id(), address, NOW);
        assertThat(tokens()).isZero();
        assertThat(changes.contact(address)).isEmpty();
        assertThat(changes.contact(new EmailAddress("Alice@Example.Net"))).isPresent();
    }

    @Test
    void an_address_is_given_once() {
        User bob = accounts.create(new NewAccount("bob", "correct horse", Optional.empty()), "hash", NOW);
        changes.allow(TokenPurpose.VERIFY, token, alice.id(), address, NOW);
        assertThat(changes.verify(token, NOW)).isTrue();
        assertThatThrownBy(() -> changes.changeEmail(bob.id(), address))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(ChatException.Kind.TAKEN));
        assertThat(changes.contact(bob.id()).orElseThrow().email()).isEmpty();
        changes.changeEmail(alice.id(), new EmailAddress("a@b"));
        assertThat(changes.contact(alice.id()).orElseThrow().verified()).isFalse();
        changes.changeEmail(bob.id(), address);
    }

    @Test
    void no_sign_in_begins_with_a_password_that_was_changed_meanwhile() {
        AccountStore.Credentials before = credentials("hash");
        String kept = "c" + token.substring(1);
        accounts.open(token, before, NOW, NOW.plusSeconds(60));
        accounts.open(kept, before, NOW, NOW.plusSeconds(60));
        assertThat(changes.changePassword(alice.id(), "new hash", kept)).containsExactly(token);
        assertThat(accounts.openAmong(List.of(token, kept), NOW)).containsExactly(kept);
        assertThatThrownBy(() -> accounts.open(otherToken, before, NOW, NOW.plusSeconds(60)))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(ChatException.Kind.SIGNED_OUT));
        assertThat(accounts.session(otherToken, NOW)).isEmpty();
    }

    @Test
    void of_a_deleted_account_its_messages_are_left_and_nothing_personal() {
        store.append(RoomId.LOBBY, List.of(new Draft(alice, "I was here", "key")), NOW);
        accounts.open(token, credentials("hash"), NOW, NOW.plusSeconds(60));
        changes.allow(TokenPurpose.VERIFY, token, alice.id(), address, NOW);

        changes.delete(alice.id(), NOW);

        Message left = store.after(RoomId.LOBBY, 0, 10).get(0).message();
        assertThat(left.body()).isEqualTo("I was here");
        assertThat(left.author())
                .isEqualTo(new User(alice.id(), "deleted-" + alice.id().value(), "Deleted user"));
        assertThat(accounts.session(token, NOW)).isEmpty();
        assertThat(tokens()).isZero();
        assertThat(changes.contact(alice.id())).isEmpty();
        assertThat(changes.contact(address)).isEmpty();
        for (String login :
                List.of(alice.username(), address.value(), left.author().username())) {
            assertThat(accounts.credentials(login)).isEmpty();
        }
        assertThatThrownBy(() -> accounts.open(otherToken, credentials("hash"), NOW, NOW.plusSeconds(60)))
                .isInstanceOf(ChatException.class);
        changes.allow(TokenPurpose.RESET, token, alice.id(), address, NOW);
        changes.changeEmail(alice.id(), address);
        changes.changePassword(alice.id(), "hash", token);
        assertThat(tokens()).isZero();
        String row = database.inTransaction(handle -> handle.createQuery(
                        "select * from users where id = " + alice.id().value())
                .mapToMap()
                .one()
                .toString());
        assertThat(row).doesNotContainIgnoringCase("alice").doesNotContain("hash=hash");
        accounts.create(new NewAccount(alice.username(), "correct horse", Optional.of(address.value())), "hash", NOW);
    }

    private long tokens() {
        return database.inTransaction(
                handle -> handle.createQuery("select count(*) from one_time_tokens where user_id = ?")
                        .bind(0, alice.id().value())
                        .mapTo(Long.class)
                        .one());
    }

    private AccountStore.Credentials credentials(String hash) {
        return new AccountStore.Credentials(alice, hash);
    }
}
