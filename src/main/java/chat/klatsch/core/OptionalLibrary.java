package chat.klatsch.core;

/** A library that a host adds only if one of its settings needs it. */
public enum OptionalLibrary {
    JEDIS("redis.clients.jedis.Jedis", "redis.clients:jedis"),
    ANGUS_MAIL("org.eclipse.angus.mail.smtp.SMTPTransport", "org.eclipse.angus:smtp"),
    POSTGRESQL_DRIVER("org.postgresql.Driver", "org.postgresql:postgresql");

    private final String type;
    private final String coordinates;

    OptionalLibrary(String type, String coordinates) {
        this.type = type;
        this.coordinates = coordinates;
    }

    /** @throws IllegalArgumentException if it is not on the class path; the message names it */
    public void require() {
        try {
            Class.forName(type, false, OptionalLibrary.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "the library " + coordinates + " is needed, but is not on the class path", e);
        }
    }
}
