package chat.klatsch.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** Counts the statements that are sent to the database. Thread-safe. */
final class StatementCounter implements SqlLogger {
    private final Counter statements;

    StatementCounter(MeterRegistry registry) {
        this.statements = Counter.builder("klatsch.statements")
                .description("SQL statements executed")
                .register(registry);
    }

    @Override
    public void logBeforeExecution(StatementContext context) {
        statements.increment();
    }
}
