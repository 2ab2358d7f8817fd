package chat.klatsch.core;

/** A user's database key. Never shown; usernames identify users publicly. */
public record UserId(long value) {}
