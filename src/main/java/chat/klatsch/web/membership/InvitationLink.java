package chat.klatsch.web.membership;

import chat.klatsch.room.Ownership;
import chat.klatsch.web.http.ChatRequest;
import java.util.Optional;

/** An invitation link, and when it expires, in words. */
public record InvitationLink(String address, String expires) {
    /** Returns the room's current link. */
    public static Optional<InvitationLink> of(ChatRequest request, Ownership ownership) {
        return ownership
                .invitation()
                .map(invitation -> new InvitationLink(
                        request.site().absoluteUrl(request.context(), "/invitations/" + invitation.code()),
                        request.times().exact(invitation.expires())));
    }
}
