package chat.klatsch;

import chat.klatsch.core.HourCycle;
import chat.klatsch.host.HostAccount;
import chat.klatsch.host.HostAvatar;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A user of the application around the chat. The chat follows what it says: a user appears when it is first said, and a new
 * name or role replaces the former one.
 *
 * @param id identifies the user for good, with up to 200 characters. The same name with another id is another person
 * @param username the short name after the {@code @}. Where the chat does not accept it or another user has it, one is
 *     derived from it
 * @param name the name that others see, or an empty text for the username
 * @param roles what the user may do; nobody else gives or takes roles
 * @param locale the language, and whether the clock has 12 or 24 hours; null leaves both to the user
 * @param zone the time zone in which the user sees times; null leaves it to the user
 * @param avatar the image beside the name; null leaves it to the user
 */
public record HostUser(
        String id,
        String username,
        String name,
        Set<Role> roles,
        @Nullable Locale locale,
        @Nullable ZoneId zone,
        @Nullable Avatar avatar) {
    /**
     * The image of a user.
     *
     * @param version changes whenever the image does: the time of the upload, a hash or an address
     * @param image returns the bytes of a PNG, JPEG or GIF file, or null for a user who has none any more. Asked only for a
     *     version that the chat has not seen, on a thread of its own
     */
    public record Avatar(String version, Callable<byte @Nullable []> image) {}

    /** The rights of a user. */
    public enum Role {
        /** Takes part. Every user may. */
        MEMBER,
        /** Moderates: bans users, deletes rooms and messages, and names the chat. */
        OPERATOR
    }

    /** @throws IllegalArgumentException for an id that is blank or too long or has control characters */
    public HostUser {
        if (!HostAccount.isId(id)) {
            throw new IllegalArgumentException("the id of a user consists of 1 to 200 printable characters");
        }
        roles = Set.copyOf(roles);
    }

    /** A member whose clock and time zone are up to them. */
    public HostUser(String id, String username, String name) {
        this(id, username, name, Set.of(Role.MEMBER), null, null, null);
    }

    /** Returns the same user with these roles. */
    public HostUser with(Role... roles) {
        return new HostUser(id, username, name, Set.of(roles), locale, zone, avatar);
    }

    /** Returns the same user with this language and country. */
    public HostUser in(Locale locale) {
        return new HostUser(id, username, name, roles, locale, zone, avatar);
    }

    /** Returns the same user with this time zone. */
    public HostUser in(ZoneId zone) {
        return new HostUser(id, username, name, roles, locale, zone, avatar);
    }

    /** Returns the same user with this image, which {@link Avatar} describes. */
    public HostUser withAvatar(String version, Callable<byte @Nullable []> image) {
        return new HostUser(id, username, name, roles, locale, zone, new Avatar(version, image));
    }

    /** Returns what the chat makes of it. */
    HostAccount account() {
        // Without a name the username is shown, as the host wrote it if the chat has to change it.
        return new HostAccount(
                id,
                username,
                HostAccount.displayName(name.isBlank() ? username : name),
                roles.contains(Role.OPERATOR),
                Optional.ofNullable(zone),
                Optional.ofNullable(locale).map(HostUser::hours),
                Optional.ofNullable(locale).map(Locale::toLanguageTag),
                Optional.ofNullable(avatar).map(image -> new HostAvatar(image.version(), image.image())));
    }

    private static HourCycle hours(Locale locale) {
        return HourCycle.AUTO.isTwelve(locale.toLanguageTag()) ? HourCycle.TWELVE : HourCycle.TWENTY_FOUR;
    }
}
