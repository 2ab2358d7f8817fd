package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.HostileImages;
import chat.klatsch.fixture.HostileJpegs;
import chat.klatsch.fixture.Images;
import chat.klatsch.fixture.Upload;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Abuse of the upload of avatars. */
class ImagesTest {
    private static final String ANOTHER_FORMAT = "Please choose a PNG, JPEG or GIF image.";
    private static final String TOO_MANY_PIXELS = "too many pixels";
    private static final String UNUSUAL = "format isn't supported";
    private static final String IN_PASSES = "several passes";
    private static final String DAMAGED = "damaged";
    private static final String PNG_START = "\u0089PNG\r\n\u001a\n";

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    private static int users;
    private final ChatClient user = chat.user("user" + users++ / 8);

    static Stream<Arguments> refused() throws IOException {
        return Stream.of(
                arguments("SVG", bytes("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), ANOTHER_FORMAT),
                arguments("HTML", bytes("<!doctype html><script>alert(1)</script>"), ANOTHER_FORMAT),
                arguments("HTML after a signature", bytes(PNG_START + "<script>alert(1)</script>"), DAMAGED),
                arguments("BMP", bytes("BM\0\0\0\0\0\0\0\0"), ANOTHER_FORMAT),
                arguments("HEIC", bytes("\0\0\0\u0018ftypheic\0\0\0\0"), ANOTHER_FORMAT),
                arguments("TIFF", bytes("II*\0\b\0\0\0"), ANOTHER_FORMAT),
                arguments("WebP", HostileImages.webpWithManyPrefixCodes(), ANOTHER_FORMAT),
                arguments("scans", HostileJpegs.progressive(8_000, 5_000, 2_010), UNUSUAL),
                arguments("scans of few pixels", HostileJpegs.progressive(800, 800, 2_010), UNUSUAL),
                arguments("progressive pixels", HostileJpegs.progressive(8_000, 5_000, 3), IN_PASSES),
                arguments("non-interleaved pixels", sequential(HostileJpegs.progressive(8_000, 5_000, 3)), IN_PASSES),
                arguments("interlaced pixels", HostileImages.png(8_000, 5_000, 16, 6, 64, true), IN_PASSES),
                arguments(
                        "JPEG pixels",
                        with(HostileJpegs.baseline(64, 64), 76, 0xc3, 0x50, 0xc3, 0x50),
                        TOO_MANY_PIXELS),
                arguments("JPEG side", HostileJpegs.baseline(65_000, 1), TOO_MANY_PIXELS),
                arguments(
                        "PNG pixels",
                        with(Images.file("still.png"), 16, 0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50),
                        TOO_MANY_PIXELS),
                arguments("GIF pixels", with(Images.file("still.gif"), 6, 0x50, 0xc3, 0x50, 0xc3), TOO_MANY_PIXELS),
                arguments("GIF frame", with(HostileImages.gif(10, 10), 31, 0xff), TOO_MANY_PIXELS),
                arguments("GIF screen", with(Images.file("still.gif"), 7, 0xff), TOO_MANY_PIXELS),
                arguments("negative PNG", with(Images.file("still.png"), 16, 0xff), DAMAGED),
                arguments("empty JPEG", HostileJpegs.baseline(0, 0), DAMAGED),
                arguments("endless chunk", with(Images.file("still.png"), 33, 0x7f), DAMAGED),
                arguments("negative chunk", with(Images.file("still.png"), 33, 0xff), DAMAGED),
                arguments("arithmetic coding", with(HostileJpegs.baseline(64, 64), 72, 0xc9), UNUSUAL),
                arguments("12 bits", with(HostileJpegs.baseline(64, 64), 75, 12), UNUSUAL),
                arguments("print colours", with(HostileJpegs.baseline(64, 64), 80, 4), UNUSUAL),
                arguments("truncated PNG", truncated("still.png"), DAMAGED),
                arguments("truncated GIF", truncated("still.gif"), DAMAGED),
                arguments("truncated JPEG", truncated("progressive.jpg"), DAMAGED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void a42_an_image_that_costs_much_or_is_none_is_refused_with_a_reason(String kind, byte[] file, String reason) {
        HttpResponse<String> response = Upload.avatar(user, "me.png", file);
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(response.body()).select(".avatar-form .refusal").text())
                .contains(reason);
    }

    static Stream<Arguments> taken() throws IOException {
        return Stream.of(
                arguments("a JPEG of 40 megapixels", HostileJpegs.baseline(8_000, 5_000)),
                arguments("a progressive JPEG of 4 megapixels", HostileJpegs.progressive(2_048, 2_048, 10)),
                arguments("a PNG of 40 megapixels", HostileImages.png(8_000, 5_000, 8, 2, 24, false)),
                arguments("a GIF of 40 megapixels", HostileImages.gif(8_000, 5_000)),
                arguments("a PNG with text that expands", withTextThatExpands()),
                arguments("a GIF that is also HTML", polyglot("still.gif")),
                arguments("a JPEG that is also HTML", polyglot("turned6.jpg")),
                arguments("a PNG that is also HTML", polyglot("still.png")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("taken")
    void a42_an_image_becomes_an_avatar_of_few_bytes_and_nothing_but_pixels(String kind, byte[] file) {
        assertThat(Upload.avatar(user, "me.html", file).statusCode()).isEqualTo(303);
        HttpResponse<String> avatar = user.get("settings/avatar");
        assertThat(avatar.headers().firstValue("Content-Type")).get().asString().startsWith("image/jpeg");
        assertThat(avatar.body()).hasSizeLessThan(40_000).doesNotContain("script", "secret", "Exif");
    }

    @Test
    void a43_a_file_of_30_megabytes_is_too_large() {
        HttpResponse<String> response = Upload.avatar(user, "me.png", new byte[30_000_000]);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(Jsoup.parse(response.body()).select(".avatar-form .refusal").text())
                .contains("The limit is 5 MB");
    }

    /** Turns a progressive JPEG into a sequential one with several scans, of which all but the first are of one colour. */
    private static byte[] sequential(byte[] jpeg) {
        return with(jpeg, 72, 0xc0);
    }

    private static byte[] withTextThatExpands() throws IOException {
        byte[] still = Images.file("still.png");
        byte[] text =
                HostileImages.chunk("zTXt", joined(bytes("Comment\0\0"), HostileImages.deflatedZeros(100_000_000)));
        byte[] profile =
                HostileImages.chunk("iCCP", joined(bytes("icc\0\0"), HostileImages.deflatedZeros(100_000_000)));
        return joined(Arrays.copyOf(still, 33), text, profile, Arrays.copyOfRange(still, 33, still.length));
    }

    private static byte[] polyglot(String name) throws IOException {
        return joined(Images.file(name), bytes("<script>alert(1)</script>"));
    }

    private static byte[] truncated(String name) throws IOException {
        byte[] whole = Images.file(name);
        return Arrays.copyOf(whole, whole.length * 9 / 10);
    }

    private static byte[] with(byte[] file, int index, int... values) {
        byte[] changed = file.clone();
        for (int i = 0; i < values.length; i++) {
            changed[index + i] = (byte) values[i];
        }
        return changed;
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Stream.of(parts).mapToInt(part -> part.length).sum());
        Stream.of(parts).forEach(all::put);
        return all.array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
