package chat.klatsch.web.account;

import chat.klatsch.profile.Profile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The form to edit a profile, with values as stored or as typed.
 *
 * @param hasAvatar whether there is an avatar to remove
 * @param next the path to go to next
 * @param refusal why the values were refused
 * @param avatarRefusal why the avatar was refused
 */
public record ProfileForm(
        String name,
        String about,
        String zone,
        String hours,
        boolean hasAvatar,
        String next,
        Optional<String> refusal,
        Optional<String> avatarRefusal) {
    static ProfileForm of(Profile profile, String next) {
        return new ProfileForm(
                profile.chosenName(),
                profile.about(),
                profile.zone().getId(),
                profile.hours().code(),
                profile.hasAvatar(),
                next,
                Optional.empty(),
                Optional.empty());
    }

    /** The end of the query by which a form returns to the welcome page and keeps the next path. */
    public String fromWelcome() {
        return "&welcome&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    ProfileForm typed(String name, String about, String zone, String hours, Optional<String> refusal) {
        return new ProfileForm(name, about, zone, hours, hasAvatar, next, refusal, avatarRefusal);
    }

    ProfileForm avatarRefused(Optional<String> reason) {
        return new ProfileForm(name, about, zone, hours, hasAvatar, next, refusal, reason);
    }
}
