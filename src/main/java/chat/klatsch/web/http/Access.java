package chat.klatsch.web.http;

import io.javalin.security.RouteRole;

/** The role that a route requires of its caller. */
public enum Access implements RouteRole {
    /** Everyone, with or without a session. */
    ANYONE,
    /** A user with a session. */
    USER,
    /** A member of the room in the path. To other users the room does not exist. */
    MEMBER,
    /** A {@link #MEMBER}, checked by the handler itself, for example so that a refusal can return the text that was sent. */
    WRITER,
    /** An operator. To all others the route does not exist. */
    OPERATOR
}
