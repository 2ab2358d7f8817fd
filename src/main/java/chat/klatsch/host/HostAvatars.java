package chat.klatsch.host;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.profile.ProfileService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the avatars of the host's users when the host has another version. An image that is refused is not asked for again;
 * after another failure it is, a minute later. Thread-safe.
 */
public final class HostAvatars {
    private static final Logger log = LoggerFactory.getLogger(HostAvatars.class);
    private static final int AT_A_TIME = 4;
    private static final int MOST_BYTES = 5_000_000;
    private static final int MOST_FAILURES = 10_000;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final HostAccountStore store;
    private final ProfileService profiles;
    private final Executor executor;
    private final Clock clock;
    private final Semaphore permits = new Semaphore(AT_A_TIME);

    /** The times to which failed and running updates are not repeated. */
    private final Map<UserId, Instant> paused = new ConcurrentHashMap<>();

    /** @param executor runs the host's code, which may not return for long */
    public HostAvatars(HostAccountStore store, ProfileService profiles, Executor executor, Clock clock) {
        this.store = store;
        this.profiles = profiles;
        this.executor = executor;
        this.clock = clock;
    }

    /** Updates the avatar in the background. Too many at a time begin with a later request of their user. */
    void updateLater(HostAccountStore.Known known, HostAccount account) {
        if (account.avatar().isEmpty() || known.has(account.avatar().get())) {
            return;
        }
        UserId user = known.user().id();
        Instant now = clock.instant();
        if (now.isBefore(paused.getOrDefault(user, Instant.MIN)) || !permits.tryAcquire()) {
            return;
        }
        if (paused.size() >= MOST_FAILURES) {
            paused.clear();
        }
        paused.put(user, now.plus(PAUSE));
        try {
            executor.execute(() -> {
                try {
                    update(known.user(), account.avatar().get());
                } finally {
                    permits.release();
                }
            });
        } catch (RuntimeException closing) {
            permits.release();
            throw closing;
        }
    }

    /** Updates the avatar and returns when this is done. */
    void update(HostAccountStore.Known known, HostAccount account) {
        account.avatar().filter(avatar -> !known.has(avatar)).ifPresent(avatar -> update(known.user(), avatar));
    }

    private void update(User user, HostAvatar avatar) {
        try {
            set(user, avatar);
            store.avatarSeen(user.id(), avatar.digest());
            paused.remove(user.id());
        } catch (Exception e) {
            log.warn(
                    "The host's avatar of user {} could not be used, and is asked for again later",
                    user.id().value(),
                    e);
        }
    }

    private void set(User user, HostAvatar avatar) throws Exception {
        byte[] image = avatar.image().call();
        if (image == null || image.length == 0) {
            profiles.removeAvatar(user);
            return;
        }
        try {
            if (image.length > MOST_BYTES) {
                throw new ChatException(ChatException.Kind.TOO_LARGE, "refusal.file.large", 5);
            }
            profiles.setAvatar(user, image);
        } catch (ChatException refusal) {
            if (refusal.kind() == ChatException.Kind.UNAVAILABLE) {
                throw refusal;
            }
            log.warn("The host's avatar of user {} is refused: {}", user.id().value(), refusal.getMessage());
        }
    }
}
