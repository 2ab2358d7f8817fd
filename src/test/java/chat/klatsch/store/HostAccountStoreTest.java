package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.account.AccountStore;
import chat.klatsch.account.NewAccount;
import chat.klatsch.core.User;
import chat.klatsch.host.HostAccount;
import chat.klatsch.host.HostAccountStore.Known;
import chat.klatsch.store.account.SqlHostAccountStore;
import chat.klatsch.store.account.SqlProfileStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the store of the host's users. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
class HostAccountStoreTest extends StoreTest {
    private SqlHostAccountStore hosts;

    @BeforeEach
    void open() {
        openFresh();
        hosts = new SqlHostAccountStore(database);
    }

    @Test
    void a_user_appears_at_first_sight_and_follows_the_host() {
        assertThat(hosts.find("17", NOW)).isEmpty();
        assertThat(hosts.save(account("17", "anna", "Anna", false), NOW)).isNull();
        User anna = known("17").user();
        assertThat(anna.username()).isEqualTo("anna");
        assertThat(anna.displayName()).isEqualTo("Anna");

        assertThat(hosts.save(account("17", "anna.k", "Anna K.", true), NOW)).isEqualTo(anna.id());
        assertThat(known("17").user().username()).isEqualTo("anna.k");
        assertThat(known("17").user().id()).isEqualTo(anna.id());
        assertThat(accounts.hasOperator()).isTrue();
        assertThat(new SqlProfileStore(database).nameChanges(0, 10))
                .anySatisfy(change -> assertThat(change.user().username()).isEqualTo("anna.k"));

        hosts.save(account("17", "anna.k", "Anna K.", false), NOW);
        assertThat(accounts.hasOperator()).isFalse();
    }

    @Test
    void the_first_user_is_no_operator_unless_the_host_says_so() {
        hosts.save(account("17", "anna", "Anna", false), NOW);
        assertThat(accounts.hasOperator()).isFalse();
    }

    @Test
    void two_ids_with_one_name_are_two_users_and_keep_their_usernames() {
        person("anna");
        hosts.save(account("1", "Anna", "Anna", false), NOW);
        hosts.save(account("2", "anna", "Anna", false), NOW);
        hosts.save(account("2", "anna", "Anna", true), NOW);
        assertThat(known("1").user().username()).isEqualTo("Anna-2");
        assertThat(known("2").user().username()).isEqualTo("anna-3");
        assertThat(known("2").user().displayName()).isEqualTo("Anna");
    }

    @Test
    void many_first_requests_at_a_time_make_one_user_and_one_session() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(8);
        Set<String> sessions = ConcurrentHashMap.newKeySet();
        try {
            List<Future<?>> requests = IntStream.range(0, 16)
                    .<Future<?>>mapToObj(number -> executor.submit(() -> {
                        hosts.save(account("17", "anna", "Anna", false), NOW);
                        hosts.openSession(
                                known("17").user().id(), session(number), NOW, NOW.plusSeconds(1), NOW.plusSeconds(9));
                        sessions.add(known("17").session().orElseThrow().id());
                    }))
                    .toList();
            for (Future<?> request : requests) {
                request.get();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(known("17").user().username()).isEqualTo("anna");
        assertThat(sessions).hasSize(1);
    }

    @Test
    void ending_the_sessions_ends_all_and_a_new_one_is_another() {
        hosts.save(account("17", "anna", "Anna", false), NOW);
        User anna = known("17").user();
        hosts.openSession(anna.id(), session(1), NOW, NOW.plusSeconds(1), NOW.plusSeconds(9));
        assertThat(accounts.session(session(1), NOW)).isPresent();
        assertThat(hosts.storeToken("17", session(7), NOW)).isTrue();

        assertThat(hosts.endSessions("17")).contains(anna.id());
        assertThat(hosts.endSessions("18")).isEmpty();
        assertThat(accounts.session(session(1), NOW)).isEmpty();
        assertThat(known("17").session()).isEmpty();
        assertThat(hosts.useToken(session(7), NOW)).isEmpty();
        hosts.openSession(anna.id(), session(2), NOW, NOW.plusSeconds(1), NOW.plusSeconds(9));
        assertThat(known("17").session().orElseThrow().id()).isEqualTo(session(2));
    }

    @Test
    void a_token_works_once_and_for_a_minute() {
        hosts.save(account("17", "anna", "Anna", false), NOW);
        hosts.storeToken("17", session(1), NOW);
        hosts.storeToken("17", session(2), NOW);
        assertThat(hosts.useToken(session(1), NOW.plus(Duration.ofSeconds(59))).map(AccountStore.Credentials::user))
                .contains(known("17").user());
        assertThat(hosts.useToken(session(1), NOW)).isEmpty();
        assertThat(hosts.useToken(session(2), NOW.plus(Duration.ofSeconds(61)))).isEmpty();
    }

    @Test
    void a_deleted_account_is_no_longer_the_hosts() {
        hosts.save(account("17", "anna", "Anna", false), NOW);
        User before = known("17").user();
        changes.delete(before.id(), NOW);
        assertThat(hosts.find("17", NOW)).isEmpty();
        hosts.save(account("17", "anna", "Anna", false), NOW);
        assertThat(known("17").user().id()).isNotEqualTo(before.id());
    }

    @Test
    void no_password_opens_an_account_of_the_host() {
        hosts.save(account("17", "anna", "Anna", false), NOW);
        assertThat(accounts.credentials("anna").orElseThrow().passwordHash()).isEmpty();
        assertThat(NewAccount.comparable("Anna")).isEqualTo("anna");
    }

    private Known known(String id) {
        return hosts.find(id, NOW).orElseThrow();
    }

    private static String session(int number) {
        return Integer.toString(number).repeat(64).substring(0, 64);
    }

    private static HostAccount account(String id, String username, String name, boolean operator) {
        return new HostAccount(
                id,
                username,
                HostAccount.displayName(name),
                operator,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
