package chat.klatsch.room;

/** A person as the others see them. Usernames keep the case they were chosen in and are unique without it. */
public record User(UserId id, String username, String displayName) {}
