package chat.klatsch.store.program;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.profile.DisplayName;
import chat.klatsch.program.PeopleStore;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import chat.klatsch.store.UserRows;
import chat.klatsch.store.account.BotRows;
import chat.klatsch.store.account.NameChangeRows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Stores bots, and finds users. Thread-safe. */
public final class SqlPeopleStore implements PeopleStore {
    private static final String SELECT = "select id, username, display_name, avatar from users where ";

    private final Database database;

    public SqlPeopleStore(Database database) {
        this.database = database;
    }

    @Override
    public SavedBot saveBot(String username, DisplayName name, Instant now) {
        Optional<User> known = database.read(handle -> BotRows.find(handle, username));
        if (known.isEmpty()) {
            try {
                return new SavedBot(
                        database.inTransaction(handle -> BotRows.create(handle, username, name, now)), false);
            } catch (DuplicateKeyException e) {
                // Another node has created it at the same time.
                return saveBot(username, name, now);
            }
        }
        User bot = known.get();
        if (bot.displayName().equals(name.text())) {
            return new SavedBot(bot, false);
        }
        boolean renamed = database.inTransaction(handle -> NameChangeRows.rename(handle, bot.id(), name.text()));
        return new SavedBot(new User(bot.id(), username, name.text(), bot.avatar()), renamed);
    }

    @Override
    public List<User> users(Collection<UserId> ids) {
        return database.read(
                handle -> handle.select(SELECT + "id = any(?) order by username_key", (Object) Columns.userIds(ids))
                        .map(UserRows.USER)
                        .list());
    }

    @Override
    public Map<UserId, String> hostIds(Collection<UserId> users) {
        return database.read(handle -> handle.select(
                        "select id, host_id from users where id = any(?) and host_id is not null",
                        (Object) Columns.userIds(users))
                .map((row, context) -> Map.entry(new UserId(row.getLong("id")), row.getString("host_id")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
