package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @ParameterizedTest
    @ValueSource(strings = {"argon2id", "argon2\u0131d"})
    void a_password_set_in_any_locale_is_accepted_in_a_turkish_one(String variant) throws Exception {
        Locale locale = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertIsAccepted(variant);
        } finally {
            Locale.setDefault(locale);
        }
    }

    private void assertIsAccepted(String variant) throws SQLException {
        chat.user("alice");
        chat.stop();
        try (var connection = database();
                var update = connection.prepareStatement(
                        "update klatsch_users set password_hash = regexp_replace(password_hash, 'argon2.d', ?)")) {
            update.setString(1, variant);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
        chat.startAgain();
        for (String password : List.of(ChatClient.PASSWORD, "wrong " + ChatClient.PASSWORD)) {
            assertThat(chat.visitor("alice").postStatus("login", Map.of("login", "alice", "password", password)))
                    .isEqualTo(password.equals(ChatClient.PASSWORD) ? 303 : 401);
        }
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:ordered:" + chat.directory().resolve("klatsch"));
    }
}
