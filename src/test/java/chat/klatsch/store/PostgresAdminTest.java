package chat.klatsch.store;

import chat.klatsch.fixture.Postgres;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresAdminTest extends AdminStoreContract {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    @Override
    String url() {
        return postgres.fresh();
    }
}
