package chat.klatsch.web.room;

import chat.klatsch.web.http.ChatRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The drafts that this node is saving. A browser saves a draft when it leaves or reloads a page, and requests the next page
 * at the same moment, which waits here so that it shows that draft. Thread-safe.
 */
final class SavesUnderWay {
    private static final int SECONDS_TO_WAIT = 1;

    private final Map<String, List<CompletableFuture<Void>>> saves = new ConcurrentHashMap<>();

    /** Saves, as the first thing that a request does. */
    void run(ChatRequest request, Runnable save) {
        String key = key(request);
        CompletableFuture<Void> done = new CompletableFuture<>();
        saves.merge(
                key,
                List.of(done),
                (all, more) -> Stream.concat(all.stream(), more.stream()).toList());
        try {
            save.run();
        } finally {
            done.complete(null);
            saves.computeIfPresent(key, (same, all) -> {
                List<CompletableFuture<Void>> left =
                        all.stream().filter(other -> other != done).toList();
                return left.isEmpty() ? null : left;
            });
        }
    }

    /** Waits for the saves of the same browser in the same room, a second at most. */
    void await(ChatRequest request) {
        CompletableFuture.allOf(saves.getOrDefault(key(request), List.of()).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, SECONDS_TO_WAIT, TimeUnit.SECONDS)
                .join();
    }

    private static String key(ChatRequest request) {
        return request.path("room") + " " + request.context().header("Cookie");
    }
}
