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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of account changes. Each test has its own user in a shared database. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountChangesTest extends StoreTest {
    private int count;
    private User alice;
    private EmailAddress address;
    private String token;
    private String otherToken;

    @BeforeParameterizedClassInvocation
    void open() {
        openFresh();
    }

    @AfterParameterizedClassInvocation
    void close() {
        database.close();
    }

    @BeforeEach
    void signUp() {
        String name = "alice" + ++count;
        alice = accounts.create(
                new NewAccount(name, "correct horse", Optional.of("Alice" + count + "@Example.org")), "hash", NOW);
        address = new EmailAddress("ALICE" + count + "@example.org");
        token = "%064x".formatted(count);
        otherToken = "b" + token.substring(1);
    }

    @Test
    void a_token_is_valid_for_its_purpose_until_it_is_used_or_expires() {
        changes.storeToken(TokenPurpose.VERIFY, token, alice.id(), address, NOW);
        Contact unverified =
                new Contact(alice, Optional.of(new EmailAddress("Alice" + count + "@Example.org")), false, "");
        Instant last = NOW.plus(Duration.ofHours(24)).minusMillis(1);
        assertThat(changes.contactOf(TokenPurpose.VERIFY, token, last)).contains(unverified);
        assertThat(changes.contactOf(TokenPurpose.VERIFY, token, last.plusMillis(1)))
                .isEmpty();
        assertThat(changes.contactOf(TokenPurpose.RESET, token, NOW)).isEmpty();
        assertThat(changes.contactOf(TokenPurpose.VERIFY, otherToken, NOW)).isEmpty();
        assertThat(changes.resetPassword(token, "new hash", NOW)).isEmpty();
        assertThat(changes.verifyEmail(token, last.plusMillis(1))).isFalse();

        assertThat(changes.verifyEmail(token, last)).isTrue();
        assertThat(changes.contact(alice.id()).orElseThrow().verified()).isTrue();
        assertThat(changes.verifyEmail(token, last)).isFalse();

        changes.storeToken(TokenPurpose.RESET, token, alice.id(), address, NOW);
        assertThat(changes.contactOf(TokenPurpose.RESET, token, NOW.plus(Duration.ofHours(1))))
                .isEmpty();
        // Adding a token removes the expired ones.
        changes.storeToken(TokenPurpose.RESET, otherToken, alice.id(), address, NOW.plus(Duration.ofHours(1)));
        assertThat(tokens()).isOne();
    }

    @Test
    void of_concurrent_uses_of_a_token_one_succeeds() {
        changes.storeToken(TokenPurpose.RESET, token, alice.id(), address, NOW);
        List<CompletableFuture<Boolean>> all = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> changes.resetPassword(token, "hash " + i, NOW).isPresent()))
                .toList();
        assertThat(all.stream().map(CompletableFuture::join).filter(used -> used))
                .hasSize(1);
    }

    @Test
    void a_reset_ends_all_sessions_and_tokens() {
        accounts.createSession(token, credentials("hash"), NOW, NOW.plusSeconds(60));
        changes.storeToken(TokenPurpose.VERIFY, token, alice.id(), address, NOW);
        changes.storeToken(TokenPurpose.RESET, otherToken, alice.id(), address, NOW);
        assertThat(changes.resetPassword(otherToken, "new hash", NOW)).contains(alice.id());
        assertThat(accounts.session(token, NOW)).isEmpty();
        assertThat(tokens()).isZero();
        assertThat(accounts.credentials(alice.username())).contains(credentials("new hash"));
        assertThat(changes.contact(address).orElseThrow().verified()).isTrue();
    }

    @Test
    void a_token_becomes_invalid_with_the_address_it_was_sent_to() {
        changes.storeToken(TokenPurpose.VERIFY, token, alice.id(), address, NOW);
        changes.changeEmail(alice.id(), new EmailAddress("alice@example.net"));
        // A token for the old address arrives late.
        changes.storeToken(TokenPurpose.RESET, otherToken, alice.id(), address, NOW);
        assertThat(tokens()).isZero();
        assertThat(changes.contact(address)).isEmpty();
        assertThat(changes.contact(new EmailAddress("Alice@Example.Net"))).isPresent();
    }

    @Test
    void a_verified_address_belongs_to_one_account() {
        User bob = person("bob");
        changes.storeToken(TokenPurpose.VERIFY, token, alice.id(), address, NOW);
        assertThat(changes.verifyEmail(token, NOW)).isTrue();
        refused(ChatException.Kind.TAKEN, () -> changes.changeEmail(bob.id(), address));
        assertThat(changes.contact(bob.id()).orElseThrow().email()).isEmpty();
        changes.changeEmail(alice.id(), new EmailAddress("a@b"));
        assertThat(changes.contact(alice.id()).orElseThrow().verified()).isFalse();
        changes.changeEmail(bob.id(), address);
    }

    @Test
    void no_session_opens_with_a_replaced_password() {
        AccountStore.Credentials before = credentials("hash");
        String kept = "c" + token.substring(1);
        accounts.createSession(token, before, NOW, NOW.plusSeconds(60));
        accounts.createSession(kept, before, NOW, NOW.plusSeconds(60));
        assertThat(changes.changePassword(alice.id(), "new hash", kept)).containsExactly(token);
        assertThat(accounts.activeSessions(List.of(token, kept), NOW)).containsExactly(kept);
        refused(
                ChatException.Kind.SIGNED_OUT,
                () -> accounts.createSession(otherToken, before, NOW, NOW.plusSeconds(60)));
        assertThat(accounts.session(otherToken, NOW)).isEmpty();
    }

    @Test
    void a_deleted_account_leaves_its_messages_and_no_personal_data() {
        messages.append(RoomId.LOBBY, List.of(new Draft(alice, "I was here", "key")), NOW);
        accounts.createSession(token, credentials("hash"), NOW, NOW.plusSeconds(60));
        changes.storeToken(TokenPurpose.VERIFY, token, alice.id(), address, NOW);

        changes.delete(alice.id(), NOW);

        Message left = messages.after(RoomId.LOBBY, 0, 10).get(0).message();
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
        assertThatThrownBy(() -> accounts.createSession(otherToken, credentials("hash"), NOW, NOW.plusSeconds(60)))
                .isInstanceOf(ChatException.class);
        changes.storeToken(TokenPurpose.RESET, token, alice.id(), address, NOW);
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
