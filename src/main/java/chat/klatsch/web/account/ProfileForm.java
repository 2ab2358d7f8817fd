package chat.klatsch.web.account;

import chat.klatsch.profile.Profile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The form to edit a profile, with values as stored or as typed.
 *
 * @param hasAvatar whether there is an avatar to remove
 * @param refusal why the values were refused
 * @param avatarRefusal why the avatar was refused
 */
public record ProfileForm(
        String name,
        String about,
        String zone,
        String hours,
        String language,
        boolean hasAvatar,
        Optional<String> refusal,
        Optional<String> avatarRefusal) {
    static ProfileForm of(Profile profile) {
        return new ProfileForm(
                profile.chosenName(),
                profile.about(),
                profile.zone().getId(),
                profile.hours().code(),
                profile.language(),
                profile.hasAvatar(),
                Optional.empty(),
                Optional.empty());
    }

    /** The end of the query of a form on the welcome page. */
    public static String fromWelcome(String next) {
        return "&welcome&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    ProfileForm typed(String name, String about, String zone, String hours, String language) {
        return new ProfileForm(name, about, zone, hours, language, hasAvatar, refusal, avatarRefusal);
    }

    ProfileForm in(String zone) {
        return typed(name, about, zone, hours, language);
    }

    ProfileForm refused(Optional<String> reason) {
        return new ProfileForm(name, about, zone, hours, language, hasAvatar, reason, avatarRefusal);
    }

    ProfileForm avatarRefused(Optional<String> reason) {
        return new ProfileForm(name, about, zone, hours, language, hasAvatar, refusal, reason);
    }
}
