package chat.klatsch.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Argon2PasswordHasherTest {
    @Test
    void a_hash_may_take_half_of_the_memory() {
        int half = (int) (Runtime.getRuntime().maxMemory() / 2 / 1_048_576);
        assertThat(Argon2PasswordHasher.fits(half)).isTrue();
        assertThat(Argon2PasswordHasher.fits(half + 1)).isFalse();
    }
}
