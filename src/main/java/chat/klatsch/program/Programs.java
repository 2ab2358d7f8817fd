package chat.klatsch.program;

/** What the programs around a chat use, besides the services that pages use. Thread-safe. */
public record Programs(Application application, ProgramRoomStore rooms, Subscriptions subscriptions) {}
