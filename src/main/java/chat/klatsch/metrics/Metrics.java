package chat.klatsch.metrics;

import chat.klatsch.inbox.InboxService;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.live.EventRenderer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The metrics of a chat: in the registry of its host app, or in one of its own, which also measures the JVM and has a page.
 * The classes that do the work register what they count. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
    private final MeterRegistry registry;
    private final Optional<Supplier<String>> page;
    private final JvmGcMetrics collections = new JvmGcMetrics();

    private Metrics(MeterRegistry registry, Optional<Supplier<String>> page) {
        this.registry = registry;
        this.page = page;
    }

    public static Metrics in(Optional<MeterRegistry> host) {
        return host.map(registry -> new Metrics(registry, Optional.empty())).orElseGet(Metrics::own);
    }

    private static Metrics own() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Metrics metrics = new Metrics(registry, Optional.of(registry::scrape));
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        metrics.collections.bindTo(registry);
        return metrics;
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** Returns the text of the page of metrics, unless the host app has the registry. */
    public Optional<Supplier<String>> page() {
        return page;
    }

    /** Counts the frames that are rendered: one for each update and style of times, however many receive it. */
    public EventRenderer counted(EventRenderer renderer) {
        Counter renders = Counter.builder("klatsch.renders")
                .description("frames rendered for rooms")
                .register(registry);
        return (style, events) -> {
            renders.increment();
            return renderer.render(style, events);
        };
    }

    public void observe(ChatRoomService rooms, InboxService inboxes) {
        Gauge.builder("klatsch.rooms", rooms, ChatRoomService::roomsInUse)
                .description("rooms in use on this node")
                .register(registry);
        Gauge.builder("klatsch.users.online", inboxes, InboxService::usersOnline)
                .description("users with an open page, on all nodes")
                .register(registry);
    }

    /** Leaves the registry to its owner. */
    @Override
    public void close() {
        collections.close();
        if (page.isPresent()) {
            registry.close();
        }
    }
}
