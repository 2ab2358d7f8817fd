package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.User;
import chat.klatsch.profile.Avatar;
import chat.klatsch.profile.DisplayName;
import chat.klatsch.profile.NameChange;
import chat.klatsch.profile.ProfileEdit;
import chat.klatsch.store.account.SqlProfileStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the store of names. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
class NameStoreTest extends StoreTest {
    @Test
    void changes_of_names_are_numbered_in_order_and_other_edits_are_not() {
        openFresh();
        SqlProfileStore profiles = new SqlProfileStore(database);
        User alice = person("alice");
        User bob = person("bob");
        assertThat(profiles.nameVersion()).isZero();
        assertThat(profiles.nameChanges(0, 10)).isEmpty();

        assertThat(profiles.rename(alice.id(), Optional.of(new DisplayName("Ann"))))
                .isTrue();
        assertThat(profiles.rename(alice.id(), Optional.of(new DisplayName("Ann"))))
                .isFalse();
        assertThat(profiles.update(bob.id(), ProfileEdit.of("Bob B.", "about", "UTC", "auto", "")))
                .isTrue();
        assertThat(profiles.update(bob.id(), ProfileEdit.of("Bob B.", "more about", "Europe/Berlin", "auto", "")))
                .isFalse();
        assertThat(profiles.nameVersion()).isEqualTo(2);
        assertThat(profiles.rename(alice.id(), Optional.empty())).isTrue();
        assertThat(names(profiles.nameChanges(0, 10))).containsExactly("2 Bob B.", "3 alice");
        assertThat(names(profiles.nameChanges(2, 10))).containsExactly("3 alice");
        assertThat(names(profiles.nameChanges(0, 1))).containsExactly("3 alice");

        changes.delete(bob.id(), NOW);
        assertThat(names(profiles.nameChanges(3, 10))).containsExactly("4 Deleted user");
    }

    @Test
    void the_removal_of_an_avatar_is_a_change_only_if_there_was_one() {
        openFresh();
        SqlProfileStore profiles = new SqlProfileStore(database);
        User alice = person("alice");
        assertThat(profiles.removeAvatar(alice.id())).isFalse();
        assertThat(profiles.nameVersion()).isZero();
        profiles.setAvatar(alice.id(), new Avatar(new byte[] {1}, "a".repeat(64)));
        assertThat(profiles.removeAvatar(alice.id())).isTrue();
        assertThat(profiles.removeAvatar(alice.id())).isFalse();
        assertThat(profiles.nameVersion()).isEqualTo(2);
    }

    private static List<String> names(List<NameChange> changes) {
        return changes.stream()
                .map(change -> change.version() + " " + change.user().displayName())
                .toList();
    }
}
