package chat.klatsch.store;

import chat.klatsch.fixture.Postgres;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresSearchTest extends SearchStoreContract {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    @Override
    String url() {
        return postgres.fresh();
    }
}
