package chat.klatsch.web.membership;

import chat.klatsch.room.Ownership;
import chat.klatsch.room.Room;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What a room's owner sees of it besides.
 *
 * @param form its name and kind, as they are or as they were typed
 * @param invitee the username that was typed and could not be added, or empty
 * @param refusal why something was not done that has to do with members
 * @param invitation the one that is good now
 */
public record OwnerView(RoomForm form, String invitee, Optional<String> refusal, Optional<Link> invitation) {
    private static final DateTimeFormatter EXPIRY = DateTimeFormatter.ofPattern(
                    "EEEE, d MMMM, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** An invitation as it is passed on, and until when it is good, in words. */
    public record Link(String address, String expires) {}

    static OwnerView of(Room room, Ownership ownership, Site site, Context context) {
        Optional<Link> link = ownership
                .invitation()
                .map(invitation -> new Link(
                        site.address(context, "/invitations/" + invitation.code()),
                        EXPIRY.format(invitation.expires())));
        return new OwnerView(RoomForm.of(room), "", Optional.empty(), link);
    }

    OwnerView with(RoomForm changed) {
        return new OwnerView(changed, invitee, refusal, invitation);
    }

    OwnerView refused(String username, String reason) {
        return new OwnerView(form, username, Optional.of(reason), invitation);
    }
}
