package chat.klatsch.store.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.config.Configurable;
import org.jdbi.v3.core.statement.DefinedAttributeTemplateEngine;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.TemplateEngine;

/**
 * The names that the tables of one chat have in its database, and their indexes and functions. Statements are written with
 * plain names, such as {@code users}, and Jdbi has this object put the prefix before them, once for each text. A table is
 * recognised by the keyword before it, such as {@code from} or {@code join}, so strings, parameters, columns and aliases may
 * have the name of a table; a list of tables with commas must not. Immutable.
 */
public final class TableNames implements TemplateEngine.Parsing {
    /** The prefix of a chat that has no other. */
    public static final String STANDARD = "klatsch_";

    /** The tables of a chat, with the one of the migrations that have run. */
    static final Set<String> TABLES = Set.of(
            "answers",
            "audit",
            "deletions",
            "drafts",
            "idempotency_keys",
            "invitations",
            "member_change_counter",
            "member_changes",
            "members",
            "mentions",
            "messages",
            "migrations",
            "mutes",
            "name_changes",
            "one_time_tokens",
            "open_forms",
            "pictures",
            "reactions",
            "removals",
            "rooms",
            "sessions",
            "setup_codes",
            "site",
            "subscription_positions",
            "subscriptions",
            "users");

    /** PostgreSQL's names have 63 characters at most, and the longest index has 30. */
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,29}");

    private static final Set<String> BEFORE_TABLE =
            Set.of("from", "into", "join", "on", "references", "table", "update");

    private static final Set<String> BEFORE_OTHER = Set.of("function", "index");

    /** The words that may stand between such a keyword and the name. */
    private static final Set<String> SKIPPED = Set.of("if", "not", "exists", "only");

    /** A string, a quoted name, a comment, space, a word with the dot or colon before it, or another character. */
    private static final Pattern TOKEN = Pattern.compile(
            "'(?:[^']|'')*'|\"[^\"]*\"|--[^\\n]*|\\s+|([.:]?)([A-Za-z_][A-Za-z0-9_]*)|.", Pattern.DOTALL);

    private final TemplateEngine.Parsing attributes = new DefinedAttributeTemplateEngine();
    private final String prefix;
    private final String migrations;

    private TableNames(String prefix, String migrations) {
        this.prefix = prefix;
        this.migrations = migrations;
    }

    /** Returns whether a text may be the prefix: 1 to 30 lower-case letters, digits and underscores, first a letter. */
    public static boolean accepts(String prefix) {
        return PREFIX.matcher(prefix).matches();
    }

    /** Returns the names of tables with a prefix that is accepted. */
    public static TableNames with(String prefix) {
        return new TableNames(prefix, prefix + "migrations");
    }

    /** The names in databases of the versions that had no prefix. */
    static TableNames ofEarlierVersions() {
        return new TableNames("", STANDARD + "migrations");
    }

    /** Returns a table's name in the database. */
    public String of(String table) {
        return table.equals("migrations") ? migrations : prefix + table;
    }

    /** Returns the statements with the names that the tables have in the database. Called once for each. */
    public String in(String sql) {
        Set<String> tables = new HashSet<>();
        rewrite(sql, tables);
        return rewrite(sql, tables);
    }

    /** @param tables the tables that the statements name, to which it adds what it finds */
    private String rewrite(String sql, Set<String> tables) {
        StringBuilder result = new StringBuilder();
        String before = "";
        for (Matcher token = TOKEN.matcher(sql); token.find(); ) {
            String text = token.group();
            String word = token.group(2);
            boolean isAlone = word != null && token.group(1).isEmpty();
            boolean qualifies = sql.startsWith(".", token.end());
            if (isAlone && !qualifies && BEFORE_TABLE.contains(before) && TABLES.contains(text)) {
                tables.add(text);
                text = of(text);
            } else if (isAlone && qualifies && tables.contains(text)
                    || isAlone && BEFORE_OTHER.contains(before) && !SKIPPED.contains(text)) {
                text = of(text);
            }
            result.append(text);
            boolean isSkipped = text.isBlank() || text.startsWith("--") || SKIPPED.contains(text);
            before = isSkipped ? before : text.toLowerCase(Locale.ROOT);
        }
        return result.toString();
    }

    /** Puts these names into the statements of a Jdbi or a handle. */
    public void applyTo(Configurable<?> statements) {
        statements.getConfig(SqlStatements.class).setTemplateEngine(this);
    }

    /** Returns the names that the statements of a handle get. */
    public static TableNames of(Handle handle) {
        return (TableNames) handle.getConfig(SqlStatements.class).getTemplateEngine();
    }

    @Override
    public Optional<Function<StatementContext, String>> parse(String template, ConfigRegistry config) {
        return attributes.parse(in(template), config);
    }

    /** Returns the names of all tables in the database. */
    List<String> all() {
        return TABLES.stream().map(this::of).sorted().toList();
    }
}
