package chat.klatsch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.RawHttp;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whom the limits per address count where a proxy speaks for its clients. One live connection per address is allowed:
 * 203.0.113.7 and 2001:db8::7 have theirs, and so has the proxy itself.
 */
class TrustedProxiesTest {
    private static final String LIVE = "rooms/lobby/live";

    private static ChatServer chat;
    private static ChatClient alice;
    private static ChatClient bob;
    private static ChatClient carol;

    @BeforeAll
    static void start(@TempDir Path directory) {
        chat = start(directory, "127.0.0.1", "10.0.0.0/8", "2001:db8:1::/48");
        alice = new ChatClient(chat.url(), "alice").signUp().connect(LIVE, "X-Forwarded-For", "203.0.113.7");
        bob = new ChatClient(chat.url(), "bob").signUp().connect(LIVE, "X-Forwarded-For", "2001:db8::7");
        carol = new ChatClient(chat.url(), "carol").signUp().connect(LIVE);
        // Each counts from when it is let in.
        await().until(() ->
                Stream.of(alice, bob, carol).noneMatch(client -> client.frames().isEmpty()));
    }

    @AfterAll
    static void stop() {
        Stream.of(alice, bob, carol)
                .peek(client -> assertThat(client.isConnected()).isTrue())
                .forEach(ChatClient::close);
        chat.close();
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
    void the_client_is_whom_the_outermost_trusted_proxy_has_seen(String forwarded) {
        assertThat(connects(forwarded)).isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::7", "[2001:DB8::7]", "[2001:db8:0:0::7]:4711", "2001:0db8::0.0.0.7"})
    void an_address_is_the_same_however_it_is_written(String forwarded) {
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
    void who_stands_behind_a_proxy_that_does_not_say_so_counts_as_the_proxy(String forwarded) {
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
                "2001:db8::8",
                "2001:db8:1::8"
            })
    void another_address_has_connections_of_its_own(String forwarded) {
        assertThat(connects(forwarded)).isEqualTo(101);
    }

    @Test
    void wrong_passwords_count_against_the_client_and_not_against_the_proxy() {
        IntStream.range(0, 10)
                .forEach(i ->
                        assertThat(signInThrottle("nobody" + i, "203.0.113.7")).isEqualTo(401));
        // One guess comes back every six seconds, so that a slow machine has a few more.
        assertThat(IntStream.range(10, 20).anyMatch(i -> signInThrottle("nobody" + i, "203.0.113.7") == 429))
                .isTrue();
        assertThat(signInThrottle("nobody", "203.0.113.7, 203.0.113.8")).isEqualTo(401);
    }

    @Test
    void a_forwarded_host_or_scheme_is_worth_nothing() {
        String own = chat.url().replaceAll("/$", "");
        ChatClient dora = new ChatClient(chat.url(), "dora").signUp();
        assertThat(dora.connects(LIVE, forwarded("https://evil.example"))).isEqualTo(403);
        assertThat(dora.connects(LIVE, forwarded(own))).isEqualTo(101);
        dora.close();
        assertThat(dora.cookie("klatsch")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/8,127.0.0.2,::1"})
    void the_word_of_a_peer_that_is_no_trusted_proxy_is_worth_nothing(String proxies, @TempDir Path directory) {
        try (ChatServer other = start(directory, proxies.isEmpty() ? new String[0] : proxies.split(","));
                ChatClient eve = new ChatClient(other.url(), "eve").signUp()) {
            eve.connect(LIVE, "X-Forwarded-For", "203.0.113.7");
            await().until(() -> !eve.frames().isEmpty());
            assertThat(eve.tab().connects(LIVE, "X-Forwarded-For", "203.0.113.8"))
                    .isEqualTo(429);
            assertThat(eve.tab().connects(LIVE, "X-Forwarded-For", "10.0.0.1")).isEqualTo(429);
        }
    }

    private static ChatServer start(Path directory, String... proxies) {
        return ChatServer.start(config -> config.port(0)
                .dataDirectory(directory)
                .trustedProxies(proxies)
                .limit(Limit.FAILED_SIGN_INS_PER_MINUTE, 1)
                .limit(Limit.CONNECTIONS_PER_ADDRESS, 1));
    }

    /** What an attempt to connect is answered that comes with these header lines. */
    private static int connects(String forwardedFor) {
        Stream<String> request = Stream.of(
                "GET /" + LIVE + " HTTP/1.1",
                "Cookie: klatsch=" + alice.cookie("klatsch").orElseThrow());
        Stream<String> lines = Stream.of(forwardedFor.split(" \\| ")).map(line -> "X-Forwarded-For: " + line);
        return RawHttp.upgrade(chat.port(), Stream.concat(request, lines).toArray(String[]::new))
                .status();
    }

    private static int signInThrottle(String login, String forwardedFor) {
        return new ChatClient(chat.url(), login)
                .post("login", Map.of("login", login, "password", "a wrong guess"), "X-Forwarded-For", forwardedFor)
                .statusCode();
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
