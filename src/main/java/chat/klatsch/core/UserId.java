package chat.klatsch.core;

/** A person's key in the database. Never shown: people know each other by username. */
public record UserId(long value) {}
