package chat.klatsch.faults;

import chat.klatsch.faults.History.Acknowledged;
import chat.klatsch.faults.History.Sent;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who writes to a room, one message after the other, over form and socket by turns, and sends each again until
 * it is acknowledged. It lives on one thread; what it has done may be read from others.
 */
final class SimulatedUser implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final List<String> WORDS = List.of(
            "coffee", "<b>cake</b>", "&amp;", "“so”", "Kaffeeklatsch", "☕️👩🏽‍🍳", "מזל טוב", "why?", "100%+1");

    private final String name;
    private final HttpClient http;
    private final String cookie;
    private final Observer viewer;
    private final LoadBalancer doors;
    private final DeliveryTimes weather;
    private final Random random;
    private final Duration pause;
    private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());
    private final List<Acknowledged> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean leaving;
    private volatile int retries;

    /** @param pause between two messages, on average */
    SimulatedUser(
            String name,
            HttpClient http,
            String cookie,
            Observer viewer,
            LoadBalancer doors,
            DeliveryTimes weather,
            Random random,
            Duration pause) {
        this.name = name;
        this.http = http;
        this.cookie = cookie;
        this.viewer = viewer;
        this.doors = doors;
        this.weather = weather;
        this.random = random;
        this.pause = pause;
    }

    String room() {
        return viewer.display().room();
    }

    Observer viewer() {
        return viewer;
    }

    List<Sent> sent() {
        return List.copyOf(sent);
    }

    List<Acknowledged> acknowledged() {
        return List.copyOf(acknowledged);
    }

    int retries() {
        return retries;
    }

    /** Finishes what is being said, and no more. */
    void leave() {
        leaving = true;
    }

    @Override
    public void run() {
        for (int number = 1; !leaving; number++) {
            LockSupport.parkNanos((long) (pause.toNanos() * 2 * random.nextDouble()));
            String text = "%s %d %s".formatted(name, number, WORDS.get(random.nextInt(WORDS.size())));
            // The same key with another text is another message, and the same message again is the same.
            boolean oldKey = !sent.isEmpty() && random.nextInt(20) == 0;
            say(new Sent(room(), name, oldKey ? last().key() : key(), text), true);
            if (!acknowledged.isEmpty() && random.nextInt(20) == 0) {
                say(acknowledged.get(random.nextInt(acknowledged.size())).message(), false);
            }
        }
    }

    /** One thing more, after having left. */
    void sayGoodbye() {
        say(new Sent(room(), name, key(), name + " says goodbye"), true);
    }

    private void say(Sent message, boolean isNew) {
        boolean byForm = !isNew || random.nextBoolean();
        for (boolean first = isNew; ; first = false, byForm = !isNew || !byForm) {
            sent.add(message);
            OptionalLong seq = byForm ? post(message, first) : send(message, first);
            if (seq.isPresent()) {
                acknowledged.add(new Acknowledged(message, seq.getAsLong()));
                return;
            }
            if (random.nextInt(50) == 0 && !leaving) {
                return; // gives up: it may have arrived or not
            }
            retries++;
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(100, 400)).toNanos());
        }
    }

    /** By form, as programs do, and returns the place that the answer names. */
    private OptionalLong post(Sent message, boolean first) {
        LoadBalancer.Door door = doors.next();
        HttpRequest request = HttpRequest.newBuilder(URI.create(door.url() + "rooms/" + message.room() + "/messages"))
                .timeout(PATIENCE)
                .header("Cookie", cookie)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "body=" + encoded(message.body()) + "&key=" + encoded(message.key())))
                .build();
        departs(message, door.node(), first);
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 201
                    ? OptionalLong.of(Long.parseLong(response.body().replaceAll("\\D", "")))
                    : OptionalLong.empty();
        } catch (IOException noAnswer) {
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }

    /** Over the socket, where a message is acknowledged when it comes back. */
    private OptionalLong send(Sent message, boolean first) {
        departs(message, viewer.node(), first);
        boolean isSent = viewer.send("{\"body\":\"%s\",\"key\":\"%s\"}".formatted(message.body(), message.key()));
        return viewer.display().awaitOwn(message.body(), isSent ? PATIENCE : Duration.ZERO);
    }

    private void departs(Sent message, int node, boolean first) {
        if (first && node != Observer.NOWHERE) {
            weather.departs(message.body(), node);
        } else {
            weather.isDelayed(message.body());
        }
    }

    private Sent last() {
        return sent.get(sent.size() - 1);
    }

    private String key() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
