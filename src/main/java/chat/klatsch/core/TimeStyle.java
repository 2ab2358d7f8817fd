package chat.klatsch.core;

import java.time.ZoneId;

/** How a user sees times. Users with the same style share the rendered messages. */
public record TimeStyle(ZoneId zone, boolean twelveHours) {}
