package chat.klatsch.store.backup;

import chat.klatsch.store.SchemaMigrations;
import java.util.List;
import java.util.Set;

/** The tables in a backup. A table that a later migration creates is one of them, unless it is listed here. */
final class BackupTables {
    /**
     * What a backup leaves out: what grants access for some time, and would grant it again although it has been used or
     * withdrawn since, and the answers to requests of the last minutes.
     */
    static final Set<String> LEFT_OUT = Set.of("sessions", "one_time_tokens", "setup_codes", "idempotency_keys");

    private BackupTables() {}

    /** Returns the tables of a schema, each behind those that it refers to. */
    static List<String> of(int schema) {
        return SchemaMigrations.tables(schema).stream()
                .filter(table -> !LEFT_OUT.contains(table))
                .toList();
    }
}
