package chat.klatsch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.RawHttp;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Limits per address behind a proxy. One live connection per address is allowed, and 203.0.113.7, 2001:db8::7 and the
 * proxy itself hold theirs.
 */
class TrustedProxiesTest {
    private static final String LIVE = "rooms/lobby/live";

    @RegisterExtension
    static final ChatExtension chat = limited("127.0.0.1", "10.0.0.0/8", "2001:db8:1::/48");

    @RegisterExtension
    final ChatExtension other = limited();

    @BeforeAll
    static void connect() {
        chat.user("alice").connect(LIVE, "X-Forwarded-For", "203.0.113.7");
        chat.user("bob").connect(LIVE, "X-Forwarded-For", "2001:db8::7");
        chat.user("carol").connect(LIVE);
        // A connection counts once it has received something.
        await().until(() -> connected().noneMatch(client -> client.frames().isEmpty()));
    }

    @AfterAll
    static void no_client_was_disconnected() {
        assertThat(connected()).allMatch(ChatClient::isConnected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.7",
                "203.0.113.7:4711",
                "::ffff:203.0.113.7",
                "[::ffff:203.0.113.7]",
                "203.0.113.7, 10.1.2.3",
                "203.0.113.7,10.1.2.3:99 ,\t[2001:db8:1::9]:99",
                "203.0.113.8, 203.0.113.7",
                "unknown, 203.0.113.7, 10.1.2.3",
                "203.0.113.8 | 203.0.113.7",
                "203.0.113.8 | 203.0.113.7 | 10.1.2.3",
                "\"<script>, 203.0.113.7",
                ",,, 203.0.113.7"
            })
    void the_client_is_the_peer_of_the_outermost_trusted_proxy(String forwarded) {
        assertThat(connects(forwarded)).isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001:db8::7",
                "[2001:DB8::7]",
                "[2001:db8:0:0::7]:4711",
                "2001:0db8::0.0.0.7",
                "2001:db8::8",
                "2001:db8::ffff:ffff:ffff:ffff"
            })
    void all_spellings_of_an_address_and_all_addresses_of_a_64_bit_network_count_as_one(String forwarded) {
        assertThat(connects(forwarded)).isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "localhost",
                "beef",
                "1234",
                "",
                "203.0.113.8,",
                "203.0.113",
                "203.0.113.999",
                "203.0.113.8.1",
                "203.0.113.8:",
                "203.0.113.8/32",
                "203.0.113.8 203.0.113.8",
                ".::1",
                "1:2:3:4:5:6:7:8:9",
                "fe80::1%eth0",
                "[203.0.113.8",
                "[]",
                "[]:80",
                "203.0.113.8, nonsense"
            })
    void a_client_whose_proxy_sends_no_valid_address_counts_as_the_proxy(String forwarded) {
        assertThat(connects(forwarded)).isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.9",
                "203.0.113.7, 203.0.113.10",
                "203.0.113.7 | 203.0.113.11",
                "10.1.2.4",
                "unknown, 10.1.2.5",
                "203.0.113.7, unknown, 10.1.2.6",
                "2001:db8:0:1::7",
                "2001:db8:1::8"
            })
    void another_address_has_connections_of_its_own(String forwarded) {
        assertThat(connects(forwarded)).isEqualTo(101);
    }

    @Test
    void wrong_passwords_count_against_the_client_and_not_against_the_proxy() {
        IntStream.range(0, 10)
                .forEach(i ->
                        assertThat(guessesPassword("nobody" + i, "203.0.113.7")).isEqualTo(401));
        // The limit refills one guess every six seconds, which a slow machine may use.
        assertThat(IntStream.range(10, 20).anyMatch(i -> guessesPassword("nobody" + i, "203.0.113.7") == 429))
                .isTrue();
        assertThat(guessesPassword("nobody", "203.0.113.7, 203.0.113.8")).isEqualTo(401);
    }

    @Test
    void a_forwarded_host_or_scheme_is_ignored() {
        String own = chat.url().replaceAll("/$", "");
        ChatClient dora = chat.user("dora");
        assertThat(dora.connects(LIVE, forwarded("https://evil.example"))).isEqualTo(403);
        assertThat(dora.connects(LIVE, forwarded(own))).isEqualTo(101);
        dora.close();
        assertThat(dora.cookie("klatsch")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/8,127.0.0.2,::1"})
    void headers_from_a_peer_that_is_no_trusted_proxy_are_ignored(String proxies) {
        other.configure(config -> config.trustedProxies(proxies.isEmpty() ? new String[0] : proxies.split(",")));
        ChatClient eve = other.user("eve");
        eve.connect(LIVE, "X-Forwarded-For", "203.0.113.7");
        await().until(() -> !eve.frames().isEmpty());
        assertThat(eve.tab().connects(LIVE, "X-Forwarded-For", "203.0.113.8")).isEqualTo(429);
        assertThat(eve.tab().connects(LIVE, "X-Forwarded-For", "10.0.0.1")).isEqualTo(429);
    }

    private static ChatExtension limited(String... proxies) {
        return ChatExtension.with(config -> config.trustedProxies(proxies)
                .limit(Limit.FAILED_SIGN_INS_PER_MINUTE, 1)
                .limit(Limit.CONNECTIONS_PER_ADDRESS, 1));
    }

    private static Stream<ChatClient> connected() {
        return Stream.of("alice", "bob", "carol").map(chat::user);
    }

    /** Returns the status of an upgrade request with these header lines. */
    private static int connects(String forwardedFor) {
        Stream<String> request =
                Stream.of("GET /" + LIVE + " HTTP/1.1", chat.user("alice").cookieLine());
        Stream<String> lines = Stream.of(forwardedFor.split(" \\| ")).map(line -> "X-Forwarded-For: " + line);
        return RawHttp.upgrade(chat.port(), Stream.concat(request, lines).toArray(String[]::new))
                .status();
    }

    private static int guessesPassword(String login, String forwardedFor) {
        return chat.visitor(login)
                .postStatus(
                        "login", Map.of("login", login, "password", "a wrong guess"), "X-Forwarded-For", forwardedFor);
    }

    private static String[] forwarded(String origin) {
        return new String[] {
            "X-Forwarded-For", "203.0.113.12",
            "X-Forwarded-Host", "evil.example",
            "X-Forwarded-Proto", "https",
            "Origin", origin
        };
    }
}
