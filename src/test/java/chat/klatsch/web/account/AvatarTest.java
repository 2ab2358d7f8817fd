package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Images;
import chat.klatsch.fixture.Upload;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AvatarTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    private final ChatClient alice = chat.user("alice");
    private final ChatClient bob = chat.user("bob");

    @Test
    void an_uploaded_avatar_replaces_the_drawn_one_until_it_is_removed() throws IOException {
        HttpResponse<String> drawn = bob.get("users/alice/avatar");
        assertThat(drawn.headers().firstValue("Content-Type")).get().asString().startsWith("image/svg+xml");
        HttpResponse<String> taken = sends(alice, "", "me.txt", Images.file("progressive.jpg"));
        assertThat(taken.headers().firstValue("Location")).contains("/settings");

        HttpResponse<String> shown = bob.get("users/ALICE/avatar");
        assertThat(shown.headers().firstValue("Content-Type")).get().asString().startsWith("image/jpeg");
        assertThat(shown.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(shown.headers().firstValue("Cache-Control")).contains("private, max-age=300");
        String tag = shown.headers().firstValue("ETag").orElseThrow();
        assertThat(bob.getStatus("users/alice/avatar", "If-None-Match", tag)).isEqualTo(304);
        HttpResponse<String> own = alice.get("settings/avatar", "If-None-Match", "\"before\"");
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().firstValue("Cache-Control")).contains("private, no-cache");
        assertThat(own.headers().firstValue("ETag")).contains(tag);

        sends(alice, "", "me.png", Images.file("still.gif"));
        HttpResponse<String> other = bob.get("users/alice/avatar", "If-None-Match", tag);
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(alice.postStatus("settings/avatar/remove", Map.of())).isEqualTo(303);
        assertThat(bob.get("users/alice/avatar").body()).isEqualTo(drawn.body());
    }

    @Test
    void removals_of_an_avatar_are_limited_at_both_forms() {
        ChatClient dora = chat.user("dora");
        assertThat(IntStream.range(0, 11).mapToObj(attempt -> dora.postStatus("settings/avatar/remove", Map.of())))
                .startsWith(303, 303, 303)
                .endsWith(429);
        byte[] form = Upload.form(Map.of("remove", "yes"), "", new byte[0]);
        assertThat(Upload.send(dora, "settings/profile", Upload.TYPE, form).statusCode())
                .isEqualTo(429);
    }

    @Test
    void avatars_need_a_session() {
        ChatClient stranger = chat.visitor("stranger");
        assertThat(stranger.getStatus("users/alice/avatar")).isEqualTo(303);
        assertThat(stranger.getStatus("settings/avatar")).isEqualTo(303);
        assertThat(sends(stranger, "", "me.png", new byte[1]).statusCode()).isEqualTo(401);
    }

    @Test
    void an_invalid_image_is_refused_and_the_avatar_stays() throws IOException {
        sends(bob, "", "me.png", Images.file("still.png"));
        String tag = bob.get("settings/avatar").headers().firstValue("ETag").orElseThrow();
        refuses(422, "<html>".getBytes(StandardCharsets.UTF_8), "PNG, JPEG or GIF");
        refuses(422, new byte[0], "choose an image");
        refuses(413, new byte[5_000_001], "too large");
        refuses(413, new byte[9_000_000], "too large");
        assertThat(bob.get("settings/avatar").headers().firstValue("ETag")).contains(tag);
    }

    @Test
    void multipart_forms_are_accepted_with_avatars_only() throws IOException {
        ChatClient carol = chat.user("carol");
        byte[] form = Upload.form("x", Images.file("still.png"));
        assertThat(Upload.send(carol, "settings", Upload.TYPE, form).statusCode())
                .isEqualTo(415);
        assertThat(Upload.send(carol, "settings/avatar", "application/x-www-form-urlencoded", form)
                        .statusCode())
                .isEqualTo(415);
        assertThat(Upload.send(carol, "settings/avatar", "multipart/form-data", form)
                        .statusCode())
                .isEqualTo(415);
        HttpResponse<String> withoutLength = carol.send(
                "settings/avatar",
                new String[0],
                request -> request.header("Content-Type", Upload.TYPE)
                        .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(form))));
        assertThat(withoutLength.statusCode()).isEqualTo(303);
        // This comes last: the server closes the connection, and the client may notice too late.
        assertThat(Upload.send(carol, "settings/avatar", Upload.TYPE, "--frontier".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(400);
    }

    private void refuses(int status, byte[] file, String reason) {
        HttpResponse<String> response = sends(bob, "", "me.png", file);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Jsoup.parse(response.body()).select(".avatar-form .refusal").text())
                .contains(reason);
    }

    private static HttpResponse<String> sends(ChatClient user, String query, String filename, byte[] file) {
        return Upload.send(user, "settings/avatar" + query, Upload.TYPE, Upload.form(filename, file));
    }
}
