package chat.klatsch.core;

import java.time.ZoneId;

/** The form of times that a user sees. Users with the same style share the rendered messages. */
public record TimeStyle(ZoneId zone, boolean twelveHours) {}
