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

/** Everybody who is in the chat. Some come through a network that breaks their connections at any byte. */
final class SimulatedUsers implements AutoCloseable {
    private static final int SHORTEST_CONNECTION = 500;
    private static final int LONGEST_CONNECTION = 60_000;
    private static final int SHARE_WITH_A_BAD_NETWORK = 4;

    private final Cluster fleet;
    private final DeliveryTimes weather;
    private final Random random;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final List<Observer> viewers = new CopyOnWriteArrayList<>();
    private final List<SimulatedUser> people = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<FaultyProxy> relays;
    private final ChatClient observer;
    private volatile boolean mended;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

    /** @param rate messages of all together in a second */
    SimulatedUsers(Cluster fleet, int size, int rate, DeliveryTimes weather, Random random) {
        this.fleet = fleet;
        this.weather = weather;
        this.random = random;
        Random network = new Random(random.nextLong());
        relays = fleet.nodes().stream()
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
            LoadBalancer doors = doors(number % SHARE_WITH_A_BAD_NETWORK == 0);
            Observer viewer = viewer(name(number), number, cookies.get(number), doors);
            Random own = new Random(random.nextLong());
            people.add(new SimulatedUser(name(number), http, cookies.get(number), viewer, doors, weather, own, pause));
        }
    }

    List<SimulatedUser> people() {
        return people;
    }

    void begin() {
        viewers.forEach(Observer::connect);
        for (SimulatedUser person : people) {
            Thread thread = new Thread(person, "person");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** Lets so many more look on who say nothing. */
    void watch(int onlookers) {
        String cookie = cookie(observer);
        for (int number = 0; number < onlookers; number++) {
            viewer("onlooker" + number, number, cookie, doors(false)).connect();
        }
    }

    Stream<Observer> connected() {
        return viewers.stream().filter(Observer::isConnected);
    }

    boolean everyone(Predicate<SimulatedUser> isSo) {
        return people.stream().allMatch(isSo);
    }

    /** How many acknowledgements everybody has. */
    Map<SimulatedUser, Integer> counted() {
        return people.stream()
                .collect(Collectors.toMap(
                        person -> person, person -> person.acknowledged().size()));
    }

    /** How often a connection has been closed with this code. */
    int closed(int code) {
        return viewers.stream().mapToInt(viewer -> viewer.closed(code)).sum();
    }

    /**
     * Mends the network, lets everybody finish what they are saying, and waits until every screen holds all of its room.
     *
     * @return how long that took; empty when it has not come to that within the patience
     */
    Optional<Duration> settle(Duration patience) {
        long begun = System.nanoTime();
        mended = true;
        people.forEach(SimulatedUser::leave);
        try {
            await().atMost(patience).ignoreExceptions().until(() -> isSilent() && isLevel());
            return Optional.of(Duration.ofNanos(System.nanoTime() - begun));
        } catch (ConditionTimeoutException notLevel) {
            return Optional.empty();
        }
    }

    /**
     * When all is said, one person in each room says goodbye: nothing that is said later could bring it to whom it has
     * been kept from.
     *
     * @return how long it took until everybody had heard that; empty when that is longer than the patience
     */
    Optional<Duration> sayGoodbye(Duration patience) {
        people.subList(0, Cluster.ROOMS.size()).forEach(SimulatedUser::sayGoodbye);
        return settle(patience);
    }

    private boolean isSilent() {
        return threads.stream().noneMatch(Thread::isAlive);
    }

    /** Whether everybody who looks at a room has seen as much of it as the chat says there is. */
    private boolean isLevel() {
        return Cluster.ROOMS.stream().allMatch(room -> {
            Element cursor = observer.page("rooms/" + room).selectFirst("#cursor");
            return cursor != null
                    && viewers.stream()
                            .map(Observer::display)
                            .filter(display -> display.room().equals(room))
                            .allMatch(display -> display.last() == Long.parseLong(cursor.val()));
        });
    }

    /** What has happened. */
    History history(List<Message> stored) {
        return new History(
                people.stream().flatMap(person -> person.sent().stream()).toList(),
                people.stream()
                        .flatMap(person -> person.acknowledged().stream())
                        .toList(),
                viewers.stream().map(viewer -> viewer.display().screen()).toList(),
                stored);
    }

    @Override
    public void close() {
        viewers.forEach(Observer::close);
        timer.shutdownNow();
        for (FaultyProxy relay : relays) {
            try {
                relay.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Observer viewer(String name, int number, String cookie, LoadBalancer doors) {
        RenderedRoom display = new RenderedRoom(name, Cluster.ROOMS.get(number % Cluster.ROOMS.size()));
        Observer viewer = new Observer(http, cookie, display, doors, timer, new Random(random.nextLong()), weather);
        viewers.add(viewer);
        return viewer;
    }

    private LoadBalancer doors(boolean badly) {
        List<LoadBalancer.Door> doors = new ArrayList<>();
        for (int node = 0; node < relays.size(); node++) {
            String url = fleet.nodes().get(node).url();
            doors.add(new LoadBalancer.Door(node, badly ? relays.get(node).url() : url, badly));
        }
        return new LoadBalancer(doors, random.nextInt(doors.size()));
    }

    private ChatClient signUp(String name) {
        Node last = fleet.nodes().get(fleet.nodes().size() - 1);
        return new ChatClient(last.url(), name).signUp();
    }

    private static String cookie(ChatClient signedUp) {
        return "klatsch=" + signedUp.cookie("klatsch").orElseThrow();
    }

    private static String name(int number) {
        return "person" + number;
    }
}
