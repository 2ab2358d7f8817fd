package chat.klatsch.room;

import java.time.Instant;

/** What lets into a closed room whoever knows its code, until it expires or its owner revokes it. */
public record Invitation(String code, Instant expires) {}
