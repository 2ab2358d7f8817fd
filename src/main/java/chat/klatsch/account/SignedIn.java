package chat.klatsch.account;

import chat.klatsch.room.User;

/** Somebody who is signed in, and the id of that sign-in: a hash of the token that only their browser has. */
public record SignedIn(User user, String session) {}
