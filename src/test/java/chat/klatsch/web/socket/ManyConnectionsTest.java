package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.core.Sha256;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.StalledReader;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that rooms of many connections are ended like those of few. */
class ManyConnectionsTest {
    /** More than are looked up in one query. */
    private static final int USERS = 1_010;

    private static final HeartbeatSettings ONLY_EVENTS =
            new HeartbeatSettings(Duration.ofHours(1), Duration.ofHours(1));

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(
            config -> config.limit(Limit.CONNECTIONS_PER_ADDRESS, 0).heartbeatSettings(ONLY_EVENTS));

    @Test
    void the_connections_of_all_members_end_with_their_room() throws SQLException {
        ChatClient room = chat.user("alice").makes("Hall", "closed");
        signUpMembers(room.room());
        List<StalledReader> members = new ArrayList<>();
        try {
            for (int user = 0; user < USERS; user++) {
                StalledReader member = new StalledReader(chat.port(), "token" + user, room.room() + "/live");
                members.add(member);
                member.readTo("connection");
            }
            assertThat(room.postStatus(room.at("delete"), Map.of("name", "Hall")))
                    .isEqualTo(303);
            assertThat(members)
                    .allSatisfy(member -> assertThat(member.closeCode()).isEqualTo(1008));
        } finally {
            members.forEach(StalledReader::close);
        }
    }

    private void signUpMembers(String room) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:h2:ordered:" + chat.directory().resolve("klatsch"));
                var statement = connection.createStatement();
                var session = connection.prepareStatement("""
                        insert into klatsch_sessions (id, user_id, created_at, expires_at)
                        select ?, id, now(), dateadd('day', 1, now()) from klatsch_users where username = ?""")) {
            statement.execute("""
                    insert into klatsch_users (username, username_key, password_hash, created_at)
                    select 'member' || x, 'member' || x, '', now() from system_range(0, %s)""".formatted(USERS - 1));
            statement.execute("""
                    insert into klatsch_members (user_id, room_id, joined_at)
                    select id, '%s', now() from klatsch_users where username like 'member%%'""".formatted(room));
            for (int user = 0; user < USERS; user++) {
                session.setString(1, Sha256.hex(("token" + user).getBytes(StandardCharsets.UTF_8)));
                session.setString(2, "member" + user);
                session.addBatch();
            }
            session.executeBatch();
        }
    }
}
