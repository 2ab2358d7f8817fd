package chat.klatsch.faults;

import static org.awaitility.Awaitility.await;

import chat.klatsch.faults.History.Message;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.FaultyProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jsoup.nodes.Element;

/** All users of a run. The connections of some break after a random number of bytes. */
final class SimulatedUsers implements AutoCloseable {
    private static final int SHORTEST_CONNECTION = 500;
    private static final int LONGEST_CONNECTION = 60_000;
    private static final int SHARE_WITH_A_BAD_NETWORK = 4;

    private final Cluster cluster;
    private final DeliveryTimes deliveryTimes;
    private final Random random;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final List<Observer> observers = new CopyOnWriteArrayList<>();
    private final List<SimulatedUser> users = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<FaultyProxy> proxies;
    private final ChatClient observer;
    private volatile boolean mended;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

    /** @param rate messages a second of all users together */
    SimulatedUsers(Cluster cluster, int size, int rate, DeliveryTimes deliveryTimes, Random random) {
        this.cluster = cluster;
        this.deliveryTimes = deliveryTimes;
        this.random = random;
        Random network = new Random(random.nextLong());
        proxies = cluster.nodes().stream()
                .map(node -> new FaultyProxy(
                        node.port(),
                        () -> mended ? Long.MAX_VALUE : network.nextInt(SHORTEST_CONNECTION, LONGEST_CONNECTION)))
                .toList();
        observer = signUp("observer");
        List<String> cookies = IntStream.range(0, size)
                .parallel()
                .mapToObj(number -> cookie(signUp(name(number))))
                .toList();
        Duration pause = Duration.ofSeconds(1).multipliedBy(size).dividedBy(rate);
        for (int number = 0; number < size; number++) {
            LoadBalancer entries = entries(number % SHARE_WITH_A_BAD_NETWORK == 0);
            Observer observer = observer(name(number), number, cookies.get(number), entries);
            Random own = new Random(random.nextLong());
            users.add(new SimulatedUser(
                    name(number), http, cookies.get(number), observer, entries, deliveryTimes, own, pause));
        }
    }

    List<SimulatedUser> all() {
        return users;
    }

    void begin() {
        observers.forEach(Observer::connect);
        for (SimulatedUser user : users) {
            Thread thread = new Thread(user, "person");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** Connects this number of users who only read. */
    void watch(int onlookers) {
        String cookie = cookie(observer);
        for (int number = 0; number < onlookers; number++) {
            observer("onlooker" + number, number, cookie, entries(false)).connect();
        }
    }

    Stream<Observer> connected() {
        return observers.stream().filter(Observer::isConnected);
    }

    boolean everyone(Predicate<SimulatedUser> isSo) {
        return users.stream().allMatch(isSo);
    }

    /** Returns the number of acknowledgements of each user. */
    Map<SimulatedUser, Integer> counted() {
        return users.stream()
                .collect(Collectors.toMap(
                        user -> user, user -> user.acknowledged().size()));
    }

    /** Returns how many connections were closed with this code. */
    int closed(int code) {
        return observers.stream().mapToInt(observer -> observer.closed(code)).sum();
    }

    /**
     * Repairs the network, lets every user finish, and waits until every page shows its whole room.
     *
     * @return the time that took, or empty after the timeout
     */
    Optional<Duration> settle(Duration timeout) {
        long begun = System.nanoTime();
        mended = true;
        users.forEach(SimulatedUser::leave);
        try {
            await().atMost(timeout).ignoreExceptions().until(() -> isSilent() && isLevel());
            return Optional.of(Duration.ofNanos(System.nanoTime() - begun));
        } catch (ConditionTimeoutException notLevel) {
            return Optional.empty();
        }
    }

    /**
     * Posts a last message in each room. No later message can repair its delivery.
     *
     * @return the time until all users had received it, or empty after the timeout
     */
    Optional<Duration> sayGoodbye(Duration timeout) {
        users.subList(0, Cluster.ROOMS.size()).forEach(SimulatedUser::sayGoodbye);
        return settle(timeout);
    }

    private boolean isSilent() {
        return threads.stream().noneMatch(Thread::isAlive);
    }

    /** Returns whether every page shows its room up to the last stored message. */
    private boolean isLevel() {
        return Cluster.ROOMS.stream().allMatch(room -> {
            Element cursor = observer.page("rooms/" + room).selectFirst("#cursor");
            return cursor != null
                    && observers.stream()
                            .map(Observer::renderedRoom)
                            .filter(renderedRoom -> renderedRoom.room().equals(room))
                            .allMatch(renderedRoom -> renderedRoom.last() == Long.parseLong(cursor.val()));
        });
    }

    /** Returns the history so far. */
    History history(List<Message> stored) {
        return new History(
                users.stream().flatMap(user -> user.sent().stream()).toList(),
                users.stream().flatMap(user -> user.acknowledged().stream()).toList(),
                observers.stream()
                        .map(observer -> observer.renderedRoom().page())
                        .toList(),
                stored);
    }

    @Override
    public void close() {
        observers.forEach(Observer::close);
        timer.shutdownNow();
        for (FaultyProxy proxy : proxies) {
            try {
                proxy.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Observer observer(String name, int number, String cookie, LoadBalancer entries) {
        RenderedRoom renderedRoom = new RenderedRoom(name, Cluster.ROOMS.get(number % Cluster.ROOMS.size()));
        Observer observer =
                new Observer(http, cookie, renderedRoom, entries, timer, new Random(random.nextLong()), deliveryTimes);
        observers.add(observer);
        return observer;
    }

    private LoadBalancer entries(boolean badly) {
        List<LoadBalancer.Entry> entries = new ArrayList<>();
        for (int node = 0; node < proxies.size(); node++) {
            String url = cluster.nodes().get(node).url();
            entries.add(new LoadBalancer.Entry(node, badly ? proxies.get(node).url() : url, badly));
        }
        return new LoadBalancer(entries, random.nextInt(entries.size()));
    }

    private ChatClient signUp(String name) {
        Node last = cluster.nodes().get(cluster.nodes().size() - 1);
        return new ChatClient(last.url(), name).signUp();
    }

    private static String cookie(ChatClient signedUp) {
        return "klatsch=" + signedUp.cookie("klatsch").orElseThrow();
    }

    private static String name(int number) {
        return "person" + number;
    }
}
