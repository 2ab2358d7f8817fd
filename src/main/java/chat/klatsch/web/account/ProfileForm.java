package chat.klatsch.web.account;

import chat.klatsch.profile.Profile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What somebody says of themself in a form, as it is kept or as they typed it, and why it or their picture was refused.
 *
 * @param pictured whether there is a picture to remove
 * @param next where to go on to
 */
public record ProfileForm(
        String name,
        String about,
        String zone,
        boolean pictured,
        String next,
        Optional<String> refusal,
        Optional<String> pictureRefusal) {
    static ProfileForm of(Profile profile, String next) {
        return new ProfileForm(
                profile.chosenName(),
                profile.about(),
                profile.zone().getId(),
                profile.pictured(),
                next,
                Optional.empty(),
                Optional.empty());
    }

    /** What is added to an address, so that one comes back to the welcome and from there goes on. */
    public String fromWelcome() {
        return "?welcome&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    ProfileForm typed(String name, String about, String zone, String refusal) {
        return new ProfileForm(name, about, zone, pictured, next, Optional.of(refusal), pictureRefusal);
    }

    ProfileForm pictureRefused(String reason) {
        return new ProfileForm(name, about, zone, pictured, next, refusal, Optional.of(reason));
    }
}
