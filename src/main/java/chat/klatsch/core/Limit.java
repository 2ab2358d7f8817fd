package chat.klatsch.core;

/** A configurable limit with a default that suits a public server. Zero means no limit. */
public enum Limit {
    MESSAGE_LENGTH("messageLength", 2_000, "characters in a message"),
    POSTS_PER_MINUTE("postsPerMinute", 100, "messages a user may post in a minute"),
    POST_BURST("postBurst", 10, "of these, messages in one burst"),
    ROOM_CHANGES_PER_MINUTE("roomChangesPerMinute", 60, "changes to rooms and memberships a user may make in a minute"),
    PRIVATE_CHATS_PER_HOUR("privateChatsPerHour", 30, "private chats with further people a user may open in an hour"),
    CONNECTIONS_PER_USER("connectionsPerUser", 10, "live connections of one user"),
    CONNECTIONS_PER_ADDRESS("connectionsPerAddress", 50, "live connections from one network address"),
    CONNECTIONS("connections", 10_000, "live connections in total"),
    FAILED_SIGN_INS_PER_MINUTE(
            "failedSignInsPerMinute",
            10,
            "wrong passwords for one account from one address; ten times as many from one address"),
    SIGN_UPS_PER_HOUR("signUpsPerHour", 3_000, "attempts to sign up in an hour"),
    SIGN_UPS_PER_ADDRESS("signUpsPerAddress", 500, "of these, from one network address");

    private final String setting;
    private final int defaultValue;
    private final String description;

    Limit(String setting, int defaultValue, String description) {
        this.setting = setting;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** Returns the name in settings, for example {@code messageLength}. */
    public String setting() {
        return setting;
    }

    /** Returns the default value. */
    public int defaultValue() {
        return defaultValue;
    }

    /** Returns a description for the command line help. */
    public String description() {
        return description;
    }
}
