package chat.klatsch.web.socket;

import java.time.Duration;

/**
 * The intervals at which connections are checked.
 *
 * @param heartbeat the time between heartbeats; every fourth one pings the client, and two pings in a row without any
 *     answer cut the connection
 * @param accessCheck the time between checks of sessions and memberships against the database, in case a bus event was
 *     lost
 */
public record HeartbeatSettings(Duration heartbeat, Duration accessCheck) {
    public static final HeartbeatSettings STANDARD =
            new HeartbeatSettings(Duration.ofSeconds(3), Duration.ofSeconds(30));
}
