package chat.klatsch.web.membership;

import chat.klatsch.core.User;
import chat.klatsch.room.Ownership;
import chat.klatsch.web.http.ChatRequest;
import java.util.List;
import java.util.Optional;

/**
 * A room's settings, for its owner.
 *
 * @param form the name and kind, as stored or as typed
 * @param invitee the username that could not be invited, or empty
 * @param successor the username that could not become the owner, or empty
 * @param refusal why a change to the members or of the owner was refused
 * @param invited the users who are invited by name
 * @param invitation the current invitation link
 */
public record RoomSettingsView(
        RoomForm form,
        String invitee,
        String successor,
        Optional<String> refusal,
        List<User> invited,
        Optional<InvitationLink> invitation) {
    public RoomSettingsView {
        invited = List.copyOf(invited);
    }

    static RoomSettingsView of(ChatRequest request, Ownership ownership) {
        return new RoomSettingsView(
                RoomForm.of(request.room()),
                "",
                "",
                Optional.empty(),
                ownership.invited(),
                InvitationLink.of(request, ownership));
    }

    RoomSettingsView with(RoomForm changed) {
        return new RoomSettingsView(changed, invitee, successor, refusal, invited, invitation);
    }

    RoomSettingsView refused(String username, String reason) {
        return new RoomSettingsView(form, username, "", Optional.of(reason), invited, invitation);
    }

    RoomSettingsView refusedSuccessor(String username, String reason) {
        return new RoomSettingsView(form, "", username, Optional.of(reason), invited, invitation);
    }
}
