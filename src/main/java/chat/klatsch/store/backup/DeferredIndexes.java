package chat.klatsch.store.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the indexes and constraints off the tables of an H2 database, except the primary keys, and puts them back when the
 * tables are full. Building an index at once takes a fraction of the time and of the space that adding each row to it does.
 */
final class DeferredIndexes {
    private static final Pattern CONSTRAINT =
            Pattern.compile("(ALTER TABLE \\S+) ADD CONSTRAINT (\\S+) (?:UNIQUE|FOREIGN KEY)[^;]*;?", Pattern.DOTALL);
    private static final Pattern INDEX =
            Pattern.compile("CREATE (?:UNIQUE )?(?:NULLS DISTINCT )?INDEX (\\S+) ON [^;]*;?", Pattern.DOTALL);

    private final Connection connection;
    private final List<String> creations = new ArrayList<>();

    private DeferredIndexes(Connection connection) {
        this.connection = connection;
    }

    static DeferredIndexes of(Connection connection) throws SQLException {
        DeferredIndexes deferred = new DeferredIndexes(connection);
        List<String> drops = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet script = statement.executeQuery("script nodata")) {
            while (script.next()) {
                String line = script.getString(1).strip();
                Matcher constraint = CONSTRAINT.matcher(line);
                Matcher index = INDEX.matcher(line);
                if (constraint.matches()) {
                    drops.add(constraint.group(1) + " DROP CONSTRAINT " + constraint.group(2));
                    deferred.creations.add(line.replaceFirst(" NOCHECK(;?)$", "$1"));
                } else if (index.matches()) {
                    drops.add("DROP INDEX " + index.group(1));
                    deferred.creations.add(line);
                }
            }
        }
        // Foreign keys need the indexes that they refer to, and come last.
        Collections.reverse(drops);
        deferred.execute(drops);
        return deferred;
    }

    /** @throws SQLException if the rows do not satisfy a constraint */
    void create() throws SQLException {
        execute(creations);
    }

    private void execute(List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
