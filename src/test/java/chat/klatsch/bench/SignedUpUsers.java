package chat.klatsch.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Signs users up by form, a few at a time. */
final class SignedUpUsers {
    private static final int AT_ONCE = 4;

    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> cookies;

    /** Signs up this number of users, named {@code person0}, {@code person1} and so on. */
    SignedUpUsers(int port, int count) {
        this.url = "http://127.0.0.1:" + port + "/";
        this.cookies = forEach(count, number -> signUp("person" + number));
    }

    /** Returns the session cookie of a connection. Users share connections beyond their number in turn. */
    String cookie(int tab) {
        return cookies.get(tab % cookies.size());
    }

    /** Creates and fills rooms with this number of members each. @return the room of each user */
    List<String> rooms(int members) {
        List<String> made = forEach(
                cookies.size() / members,
                number -> location(post("rooms", "kind=open&name=Room+" + number, cookies.get(number * members)))
                        .replaceFirst(".*/rooms/", ""));
        return forEach(cookies.size(), user -> {
            String room = made.get(user / members);
            if (user % members > 0) {
                location(post("rooms/" + room + "/join", "", cookies.get(user)));
            }
            return room;
        });
    }

    /** Checks that the server answers. */
    static void look(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/login"))
                .build();
        int status = send(HttpClient.newHttpClient(), request).statusCode();
        if (status != 200) {
            throw new IllegalStateException("the door says " + status);
        }
    }

    private String signUp(String username) {
        HttpResponse<String> answer = post("signup", "username=" + username + "&password=correct+horse+battery", "");
        location(answer);
        return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    private HttpResponse<String> post(String path, String form, String cookie) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", cookie)
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return send(http, request);
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IllegalStateException(answer.statusCode() + " " + answer.body()));
    }

    private static List<String> forEach(int count, IntFunction<String> action) {
        ExecutorService few = Executors.newFixedThreadPool(AT_ONCE);
        try {
            return IntStream.range(0, count)
                    .mapToObj(number -> CompletableFuture.supplyAsync(() -> action.apply(number), few))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            few.shutdown();
        }
    }
}
