package chat.klatsch.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {
    private final CommonPasswords passwords = new CommonPasswords();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password1",
                "Password1!",
                "P@ssw0rd",
                "12345678",
                "1234567890",
                "87654321",
                "qwertyuiop",
                "asdfghjkl",
                "iloveyou",
                "letmein123",
                "trustno1",
                "baseball",
                "superman123",
                "aaaaaaaa",
                "11111111",
                "abcdefgh",
                "abcabcabc",
                "passwordpassword",
                "aaaaaaaaaaaaaaaaaaaaaaaaa",
                "passwordpasswordpassword1",
                "1234567812345678123456781",
                "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc",
                "alice2024",
                "alicealice",
            })
    void a_password_that_is_tried_first_is_weak(String password) {
        assertThat(passwords.isWeak(password, List.of("alice", "alice@example.org")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery",
                "correct horse 9",
                "another password",
                "long enough",
                "wröng horse",
                "пароль из четырёх слов",
                "小さい猫が走っている",
                "Xk29-dQpl",
                "a secret that is longer than any in the list",
            })
    void any_other_password_is_not(String password) {
        assertThat(passwords.isWeak(password, List.of("alice", "alice@example.org")))
                .isFalse();
    }
}
