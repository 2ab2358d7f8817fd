package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.account.AccountStore;
import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.NewAccount;
import chat.klatsch.account.Session;
import chat.klatsch.account.TokenPurpose;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.HourCycle;
import chat.klatsch.core.User;
import chat.klatsch.profile.Avatar;
import chat.klatsch.profile.Profile;
import chat.klatsch.profile.ProfileEdit;
import chat.klatsch.profile.TimeZones;
import chat.klatsch.store.account.SqlProfileStore;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contracts of the account store and the profile store. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
class AccountStoreTest extends StoreTest {
    private User alice;

    @BeforeEach
    void open() {
        openFresh();
        alice = accounts.create(
                new NewAccount("alice", "correct horse", Optional.of("Alice@Example.org")), "hash", NOW);
    }

    @Test
    void usernames_and_addresses_are_unique_and_found_in_any_case() {
        refused(
                ChatException.Kind.TAKEN,
                () -> accounts.create(new NewAccount("ALICE", "correct horse", Optional.empty()), "", NOW));
        for (String login : List.of("alice", "ALICE", "alice@example.ORG")) {
            assertThat(accounts.credentials(login)).contains(new AccountStore.Credentials(alice, "hash"));
        }
        assertThat(accounts.credentials("nobody")).isEmpty();
    }

    @Test
    void another_users_address_is_noted_and_becomes_the_newcomers_once_it_is_free() {
        EmailAddress address = new EmailAddress("alice@example.org");
        User bob = accounts.create(new NewAccount("bob", "correct horse", Optional.of(address.value())), "hash", NOW);
        assertThat(accounts.credentials(address.value()).orElseThrow().user()).isEqualTo(alice);
        assertThat(changes.contact(bob.id()).orElseThrow().email()).contains(address);
        assertThat(changes.storeToken(TokenPurpose.VERIFY, "a".repeat(64), bob.id(), address, NOW))
                .isFalse();

        changes.changeEmail(alice.id(), new EmailAddress("alice@example.net"));
        assertThat(changes.storeToken(TokenPurpose.VERIFY, "b".repeat(64), bob.id(), address, NOW))
                .isTrue();
        assertThat(accounts.credentials(address.value()).orElseThrow().user()).isEqualTo(bob);
    }

    @Test
    void the_newest_ten_codes_for_the_first_account_are_valid() {
        openFresh();
        assertThat(accounts.hasOperator()).isFalse();
        List<String> codes = IntStream.range(0, 12)
                .mapToObj(number -> String.valueOf((char) ('a' + number)).repeat(64))
                .toList();
        for (int number = 0; number < codes.size(); number++) {
            accounts.addSetupCode(codes.get(number), NOW.plusSeconds(number));
        }
        assertThat(codes.stream().filter(accounts::isSetupCode)).containsExactlyElementsOf(codes.subList(2, 12));
        person("alice");
        assertThat(accounts.hasOperator()).isTrue();
        assertThat(codes.stream().filter(accounts::isSetupCode)).isEmpty();
    }

    @Test
    void the_oldest_sessions_of_a_user_end_when_there_are_too_many() {
        Instant later = NOW.plusSeconds(60);
        AccountStore.Credentials known = new AccountStore.Credentials(alice, "hash");
        accounts.createSession(session(99), new AccountStore.Credentials(person("zoe"), "hash"), NOW, later);
        for (int number = 1; number <= 50; number++) {
            assertThat(accounts.createSession(session(number), known, NOW.plusSeconds(number), later))
                    .isEmpty();
        }
        assertThat(accounts.createSession(session(51), known, NOW.plusSeconds(51), later))
                .containsExactly(session(1));
        assertThat(accounts.activeSessions(List.of(session(1), session(2), session(51), session(99)), NOW))
                .containsExactlyInAnyOrder(session(2), session(51), session(99));
    }

    private static String session(int number) {
        return Integer.toString(100 + number).repeat(22).substring(0, 64);
    }

    @Test
    void sessions_are_open_until_they_end_or_expire() {
        Instant later = NOW.plusSeconds(60);
        String[] sessions = {"a".repeat(64), "b".repeat(64), "c".repeat(64)};
        AccountStore.Credentials known = new AccountStore.Credentials(alice, "hash");
        accounts.createSession(sessions[0], known, NOW, later);
        accounts.createSession(sessions[1], known, NOW, later.plusSeconds(1));
        accounts.createSession(sessions[2], known, NOW, later.plusSeconds(1));
        accounts.endSession(sessions[2]);

        List<String> asked = List.of(sessions[0], sessions[1], sessions[2], "d".repeat(64), "short");
        assertThat(accounts.activeSessions(asked, NOW)).containsExactlyInAnyOrder(sessions[0], sessions[1]);
        assertThat(accounts.activeSessions(asked, later)).containsExactly(sessions[1]);
        assertThat(accounts.activeSessions(List.of(), NOW)).isEmpty();
        assertThat(accounts.session(sessions[0], NOW).map(Session::user)).contains(alice);
        assertThat(accounts.session(sessions[0], later)).isEmpty();

        accounts.endSessions(alice.id());
        assertThat(accounts.activeSessions(asked, NOW)).isEmpty();
    }

    @Test
    void a_profile_and_an_avatar_are_stored_until_they_change() {
        SqlProfileStore profiles = new SqlProfileStore(database);
        assertThat(profiles.profile("ALICE"))
                .contains(new Profile(alice, "", TimeZones.DEFAULT, HourCycle.AUTO, "", NOW, false));
        assertThat(profiles.profile("nobody")).isEmpty();

        profiles.update(alice.id(), ProfileEdit.of("Alice Liddell", "One\nTwo", "Europe/Berlin", "12", "de"));
        profiles.setAvatar(alice.id(), Avatar.of(new byte[] {1}));
        profiles.setAvatar(alice.id(), Avatar.of(new byte[] {2}));
        assertThat(profiles.avatar("Alice").orElseThrow().jpeg()).containsExactly(2);
        User renamed = new User(
                alice.id(), "alice", "Alice Liddell", Avatar.of(new byte[] {2}).version());
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertThat(profiles.profile("alice"))
                .contains(new Profile(renamed, "One\nTwo", berlin, HourCycle.TWELVE, "de", NOW, true));

        profiles.rename(alice.id(), Optional.empty());
        profiles.removeAvatar(alice.id());
        assertThat(profiles.profile("alice"))
                .contains(new Profile(alice, "One\nTwo", berlin, HourCycle.TWELVE, "de", NOW, false));
        assertThat(profiles.avatar("alice")).isEmpty();
    }
}
