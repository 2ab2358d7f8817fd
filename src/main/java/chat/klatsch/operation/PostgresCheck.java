package chat.klatsch.operation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** Examines a database that a URL names: PostgreSQL, or an H2 database that is only connected to. */
record PostgresCheck(String url) {
    private static final String SUBJECT = "Database";
    private static final int OLDEST = 13;

    /** Where a connection without encryption stays on the machine. */
    private static final Pattern LOCAL =
            Pattern.compile("jdbc:postgresql://(localhost|127\\.[^/,]*|\\[::1])(:\\d+)?/.*");

    private static final Pattern VERIFIED = Pattern.compile(".*[?&](sslmode=verify-(full|ca)|ssl=true).*");

    List<Finding> findings() {
        String name = url.replaceFirst("[?;].*", "");
        if (!url.startsWith("jdbc:postgresql:")) {
            return List.of(Finding.ok(SUBJECT, name + ", which only a start opens"));
        }
        Properties timeouts = new Properties();
        timeouts.putAll(Map.of("connectTimeout", "5", "loginTimeout", "5", "socketTimeout", "10"));
        try (Connection connection = DriverManager.getConnection(url, timeouts);
                Statement statement = connection.createStatement()) {
            List<Finding> findings = new ArrayList<>();
            findings.add(version(connection, name));
            if (!url.matches(LOCAL.pattern()) && !VERIFIED.matcher(url).matches()) {
                findings.add(Finding.warning(
                        "Encryption",
                        "the connection to the database accepts any certificate, or none",
                        "Add sslmode=verify-full to --database, unless nobody else can reach that network."));
            }
            findings.addAll(durability(statement));
            findings.add(rights(statement));
            findings.add(clock(statement));
            return findings;
        } catch (SQLException e) {
            return List.of(Finding.failure(
                    SUBJECT,
                    name + " cannot be used",
                    e,
                    "Start PostgreSQL, and correct --database: host, name, user and password."));
        }
    }

    private static Finding version(Connection connection, String name) throws SQLException {
        String version = connection.getMetaData().getDatabaseProductVersion();
        return connection.getMetaData().getDatabaseMajorVersion() < OLDEST
                ? Finding.error(
                        SUBJECT,
                        "PostgreSQL " + version + " is too old",
                        "Upgrade to PostgreSQL " + OLDEST + " or newer.")
                : Finding.ok(SUBJECT, "PostgreSQL " + version + ", " + name);
    }

    private static List<Finding> durability(Statement statement) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            String value = first(statement, "show " + setting);
            if (!List.of("on", "remote_apply").contains(value)) {
                findings.add(Finding.warning(
                        "Durability",
                        setting + " is " + value + ", so that a crash or a power cut can lose messages",
                        "Set " + setting + " to on in PostgreSQL, unless you know why not."));
            }
        }
        return findings;
    }

    private static Finding rights(Statement statement) throws SQLException {
        boolean may = "t"
                .equals(first(statement, "select coalesce(has_schema_privilege(current_schema(), 'create'), false)"));
        return may
                ? Finding.ok("Rights", "the database's user may create tables")
                : Finding.error(
                        "Rights",
                        "the database's user may create no tables",
                        "Make it the owner of the database: ALTER DATABASE ... OWNER TO ...");
    }

    private static Finding clock(Statement statement) throws SQLException {
        long seconds = Long.parseLong(first(statement, "select floor(extract(epoch from clock_timestamp()))::bigint"));
        return ClockCheck.compare("database", Duration.between(Instant.ofEpochSecond(seconds), Instant.now()));
    }

    private static String first(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
