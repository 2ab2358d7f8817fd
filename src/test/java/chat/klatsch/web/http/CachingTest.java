package chat.klatsch.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.RawHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.brotli.dec.BrotliInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CachingTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    private final ChatClient alice = chat.user("alice");

    @BeforeAll
    static void start() {
        IntStream.range(0, 5).forEach(i -> chat.user("alice").posts("message " + i));
    }

    @ParameterizedTest
    @CsvSource({"css, text/css", "js, text/javascript", "svg, image/svg+xml"})
    void a_static_file_is_cached_for_ever_under_a_hashed_path(String extension, String type) throws IOException {
        List<String> paths = alice.page("rooms/lobby").select("link[href], script[src]").stream()
                .map(element -> element.hasAttr("src") ? element.attr("src") : element.attr("href"))
                .filter(path -> path.startsWith("/static/") && path.endsWith("." + extension))
                .toList();
        assertThat(paths).isNotEmpty().allMatch(path -> path.matches("/static/.+\\.[0-9a-f]{16}\\.\\w+"));
        for (String path : paths) {
            RawHttp.Answer plain = RawHttp.request(chat.port(), "GET " + path + " HTTP/1.1");
            RawHttp.Answer small =
                    RawHttp.request(chat.port(), "GET " + path + " HTTP/1.1", "Accept-Encoding: gzip, deflate");
            RawHttp.Answer smaller = RawHttp.request(
                    chat.port(), "GET " + path + " HTTP/1.1", "Accept-Encoding: gzip, deflate, br, zstd");
            RawHttp.Answer refusing =
                    RawHttp.request(chat.port(), "GET " + path + " HTTP/1.1", "Accept-Encoding: gzip;q=0, br;q=0");
            for (RawHttp.Answer answer : List.of(plain, small, smaller, refusing)) {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("Content-Type").orElseThrow()).startsWith(type);
                assertThat(answer.header("Cache-Control")).contains("public, max-age=31536000, immutable");
                assertThat(answer.headers("Vary")).containsExactly("Accept-Encoding");
            }
            assertThat(plain.header("Content-Encoding")).isEmpty();
            assertThat(refusing.body()).isEqualTo(plain.body());
            assertThat(small.header("Content-Encoding")).contains("gzip");
            assertThat(unzipped(small)).isEqualTo(plain.body());
            assertThat(smaller.header("Content-Encoding")).contains("br");
            assertThat(unpacked(new BrotliInputStream(bytes(smaller)))).isEqualTo(plain.body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"klatsch.css", "klatsch.0000000000000000.css", "nope.js", "..", "%2e%2e%2fklatsch.css"})
    void no_other_file_is_served(String name) {
        assertThat(RawHttp.request(chat.port(), "GET /static/" + name + " HTTP/1.1")
                        .status())
                .isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/", "/rooms/lobby", "/rooms/lobby/messages?before=4", "/rooms/lobby/messages?after=1",
                "/rooms/lobby/connection", "/rooms/nowhere", "/login", "/nope"
            })
    void personal_pages_are_never_cached(String path) {
        RawHttp.Answer answer = RawHttp.request(chat.port(), "GET " + path + " HTTP/1.1", alice.cookieLine());
        assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
        assertThat(answer.header("ETag")).isEmpty();
    }

    @Test
    void a_page_is_compressed_if_accepted_and_names_its_charset() throws IOException {
        String cookie = alice.cookieLine();
        RawHttp.Answer plain = RawHttp.request(chat.port(), "GET /rooms/lobby HTTP/1.1", cookie);
        RawHttp.Answer small =
                RawHttp.request(chat.port(), "GET /rooms/lobby HTTP/1.1", cookie, "Accept-Encoding: gzip");

        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(small.header("Content-Encoding")).contains("gzip");
        assertThat(small.text().length()).isLessThan(plain.text().length() / 2);
        assertThat(unzipped(small)).contains("message 4");
        for (RawHttp.Answer answer : List.of(plain, small)) {
            assertThat(answer.header("Content-Type").orElseThrow()).isEqualToIgnoringCase("text/html;charset=utf-8");
        }
    }

    private static String unzipped(RawHttp.Answer answer) throws IOException {
        return unpacked(new GZIPInputStream(bytes(answer)));
    }

    private static InputStream bytes(RawHttp.Answer answer) {
        return new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String unpacked(InputStream packed) throws IOException {
        try (packed) {
            return new String(packed.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
