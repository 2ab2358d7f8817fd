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
 * Posts messages to a room one after the other, by form and by socket in turn, and retries each until it is
 * acknowledged. Confined to one thread; its record may be read by others.
 */
final class SimulatedUser implements Runnable {
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(3);
    private static final List<String> WORDS = List.of(
            "coffee", "<b>cake</b>", "&amp;", "“so”", "Kaffeeklatsch", "☕️👩🏽‍🍳", "מזל טוב", "why?", "100%+1");

    private final String name;
    private final HttpClient http;
    private final String cookie;
    private final Observer observer;
    private final LoadBalancer loadBalancer;
    private final DeliveryTimes deliveryTimes;
    private final Random random;
    private final Duration pause;
    private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());
    private final List<Acknowledged> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean leaving;
    private volatile int retries;

    /** @param pause average time between two messages */
    SimulatedUser(
            String name,
            HttpClient http,
            String cookie,
            Observer observer,
            LoadBalancer loadBalancer,
            DeliveryTimes deliveryTimes,
            Random random,
            Duration pause) {
        this.name = name;
        this.http = http;
        this.cookie = cookie;
        this.observer = observer;
        this.loadBalancer = loadBalancer;
        this.deliveryTimes = deliveryTimes;
        this.random = random;
        this.pause = pause;
    }

    String room() {
        return observer.renderedRoom().room();
    }

    Observer observer() {
        return observer;
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

    /** Stops after the current message. */
    void leave() {
        leaving = true;
    }

    @Override
    public void run() {
        for (int number = 1; !leaving; number++) {
            LockSupport.parkNanos((long) (pause.toNanos() * 2 * random.nextDouble()));
            String text = "%s %s %s".formatted(name, number, WORDS.get(random.nextInt(WORDS.size())));
            // Reuses a key with another text, which is another message, or repeats a message, which is the same.
            boolean oldKey = !sent.isEmpty() && random.nextInt(20) == 0;
            say(new Sent(room(), name, oldKey ? last().key() : key(), text), true);
            if (!acknowledged.isEmpty() && random.nextInt(20) == 0) {
                say(acknowledged.get(random.nextInt(acknowledged.size())).message(), false);
            }
        }
    }

    /** Posts one more message after the end. */
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
                return; // gives up; the message may have been stored or not
            }
            retries++;
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(100, 400)).toNanos());
        }
    }

    /** Posts by form, as programs do, and returns the acknowledged sequence number. */
    private OptionalLong post(Sent message, boolean first) {
        LoadBalancer.Entry entry = loadBalancer.next();
        HttpRequest request = HttpRequest.newBuilder(URI.create(entry.url() + "rooms/" + message.room() + "/messages"))
                .timeout(RESPONSE_TIMEOUT)
                .header("Cookie", cookie)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "body=" + encoded(message.body()) + "&key=" + encoded(message.key())))
                .build();
        departs(message, entry.node(), first);
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

    /** Posts over the socket, where the arrival of the message is its acknowledgement. */
    private OptionalLong send(Sent message, boolean first) {
        departs(message, observer.node(), first);
        boolean isSent = observer.send("{\"body\":\"%s\",\"key\":\"%s\"}".formatted(message.body(), message.key()));
        return observer.renderedRoom().awaitOwn(message.body(), isSent ? RESPONSE_TIMEOUT : Duration.ZERO);
    }

    private void departs(Sent message, int node, boolean first) {
        if (first && node != Observer.NOWHERE) {
            deliveryTimes.onSent(message.body(), node);
        } else {
            deliveryTimes.isDelayed(message.body());
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
