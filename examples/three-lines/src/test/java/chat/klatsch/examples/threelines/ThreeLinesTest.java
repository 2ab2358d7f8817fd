package chat.klatsch.examples.threelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreeLinesTest {
    @TempDir
    Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @Test
    void it_says_where_the_chat_is_and_people_sign_up_and_talk_there() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ThreeLines.class.getName())
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String line = process.inputReader().readLine();
            assertTrue(line.startsWith("Talk at http://"), line);
            String url = line.substring("Talk at ".length());
            assertEquals(
                    303,
                    post(url + "signup", "username=anna&password=a+long+secret").statusCode());
            assertEquals(
                    303, post(url + "rooms/lobby/messages", "body=Hello&key=1").statusCode());
            assertTrue(send(HttpRequest.newBuilder(URI.create(url + "rooms/lobby")))
                    .body()
                    .contains("Hello"));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private HttpResponse<String> post(String url, String form) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
