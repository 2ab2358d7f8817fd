package chat.klatsch.room;

import java.time.Instant;

/** A code that lets anyone who knows it join a closed room, until it expires or is revoked. */
public record Invitation(String code, Instant expires) {}
