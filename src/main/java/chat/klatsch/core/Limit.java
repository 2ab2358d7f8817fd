package chat.klatsch.core;

/** What can be limited. Each has a default for a chat on the open internet; zero means no limit. */
public enum Limit {
    MESSAGE_LENGTH("messageLength", 2_000, "characters in a message"),
    POSTS_PER_MINUTE("postsPerMinute", 100, "messages a person may post in a minute"),
    POST_BURST("postBurst", 10, "of these, messages at once"),
    CONNECTIONS_PER_USER("connectionsPerUser", 10, "live connections of one person"),
    CONNECTIONS_PER_ADDRESS("connectionsPerAddress", 50, "live connections from one network address"),
    CONNECTIONS("connections", 10_000, "live connections of everybody together"),
    FAILED_SIGN_INS_PER_MINUTE(
            "failedSignInsPerMinute", 10, "wrong passwords for one account; ten times as many from one address");

    private final String setting;
    private final int standard;
    private final String meaning;

    Limit(String setting, int standard, String meaning) {
        this.setting = setting;
        this.standard = standard;
        this.meaning = meaning;
    }

    /** Its name in settings: {@code messageLength}. */
    public String setting() {
        return setting;
    }

    /** What it is where nobody says otherwise. */
    public int standard() {
        return standard;
    }

    /** What it counts, for people. */
    public String meaning() {
        return meaning;
    }
}
