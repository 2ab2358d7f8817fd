package chat.klatsch.core;

import chat.klatsch.text.Texts;
import java.time.ZoneId;

/** The form in which a user reads: time zone, clock and language. Users with the same style share the rendered messages. */
public record ReaderStyle(ZoneId zone, boolean twelveHours, Texts texts) {}
