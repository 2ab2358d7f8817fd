package chat.klatsch.web.socket;

import java.time.Duration;

/**
 * How often connections are looked after.
 *
 * @param beat how often each is told that it is alive; every fourth time it has to answer, and is cut when it has not
 *     answered for the third time
 * @param recheck how often the database is asked whether its sign-in has ended, should the bus not have said so
 */
public record HeartbeatSettings(Duration beat, Duration recheck) {
    public static final HeartbeatSettings STANDARD =
            new HeartbeatSettings(Duration.ofSeconds(3), Duration.ofSeconds(30));
}
