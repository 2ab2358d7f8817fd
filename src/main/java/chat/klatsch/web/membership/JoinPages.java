package chat.klatsch.web.membership;

import chat.klatsch.account.EmailVerification;
import chat.klatsch.account.SignUpRules;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.room.LinkInvitation;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomPreview;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Confirmation;
import chat.klatsch.web.http.FlashMessage;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Joining rooms, by an invitation or without one, and leaving them. Thread-safe. */
public final class JoinPages {
    private final MembershipService memberships;
    private final EmailVerification emailVerification;
    private final SignUpRules signUpRules;
    private final StaticTemplates templates = new StaticTemplates();

    public JoinPages(MembershipService memberships, EmailVerification emailVerification, SignUpRules signUpRules) {
        this.memberships = memberships;
        this.emailVerification = emailVerification;
        this.signUpRules = signUpRules;
    }

    /**
     * Shows the preview of an open room to a user who is not a member, or of any room to one who is invited.
     *
     * @throws ChatException NOT_FOUND for any other room
     */
    public void preview(ChatRequest request) {
        RoomPreview room =
                memberships.preview(request.user(), request.roomId()).orElseThrow(ChatException::roomNotFound);
        request.show(joinPage(request, room, "", Optional.empty()));
    }

    /** Leads to the room. A visitor signs up or in first, on a page that says who invites to which room. */
    public void invitation(ChatRequest request) {
        String code = request.path("code");
        RoomPreview room = memberships.invitations().roomOf(code);
        if (!request.isSignedIn()) {
            // Most have no account yet.
            boolean signsUp = !request.site().isHosted()
                    && signUpRules.refusal("", () -> true).isEmpty();
            String next = URLEncoder.encode("/invitations/" + code, StandardCharsets.UTF_8);
            request.redirect((signsUp ? "/signup" : request.site().signInPath()) + "?next=" + next);
        } else if (memberships.roomIfMember(request.user(), room.id()).isPresent()) {
            request.redirect(room.id(), "");
        } else {
            request.show(joinPage(request, room, code, Optional.empty()));
        }
    }

    public void join(ChatRequest request) {
        User user = request.user();
        RoomId room = request.roomId();
        String invitation = request.form("invitation");
        try {
            // The host vouches for its users.
            boolean verified = request.site().isHosted() || emailVerification.isVerified(user);
            memberships.join(user, verified, room, invitation);
            request.redirect(room, "");
        } catch (ChatException refusal) {
            if (refusal.kind() != ChatException.Kind.FORBIDDEN) {
                throw refusal;
            }
            // The room is open, the user invited or the code valid, so the user may see the preview.
            RoomPreview preview = memberships
                    .preview(user, room)
                    .orElseGet(() -> memberships.invitations().roomOf(invitation));
            request.refuse(refusal, reason -> joinPage(request, preview, invitation, reason));
        }
    }

    /** Declines an invitation by name. @throws ChatException NOT_FOUND without one */
    public void decline(ChatRequest request) {
        String name = memberships
                .preview(request.user(), request.roomId())
                .map(RoomPreview::name)
                .orElseGet(() -> request.text("room.some"));
        request.once(
                () -> memberships.invitations().decline(request.user(), request.roomId()),
                FlashMessage.DECLINED.at("/rooms", name));
    }

    /** Asks whether to decline an invitation by name. @throws ChatException NOT_FOUND without one */
    public void declineForm(ChatRequest request) {
        RoomPreview room = memberships
                .preview(request.user(), request.roomId())
                .filter(invited -> memberships
                        .invitations()
                        .inviter(request.user(), invited.id())
                        .isPresent())
                .orElseThrow(ChatException::roomNotFound);
        Confirmation.of(
                        request,
                        request.text("decline.question", room.name()),
                        request.text("decline.text"),
                        request.text("decline"),
                        "/rooms")
                .ask(request);
    }

    public void leaveForm(ChatRequest request) {
        Room room = request.room();
        Confirmation.of(
                        request,
                        request.text("leave.question", room.name()),
                        request.text(room.kind() == Room.Kind.OPEN ? "leave.open" : "leave.closed"),
                        request.text("leave"),
                        MemberPages.path(request))
                .ask(request);
    }

    public void leave(ChatRequest request) {
        Room room = request.room();
        request.once(() -> memberships.leave(request.user(), room), FlashMessage.LEFT.at("/rooms", room.name()));
    }

    private JteModel joinPage(ChatRequest request, RoomPreview room, String invitation, Optional<String> refusal) {
        Optional<User> byName = memberships.invitations().inviter(request.user(), room.id());
        Optional<User> inviter =
                byName.or(() -> memberships.invitations().byLink(invitation).flatMap(LinkInvitation::inviter));
        return templates.membershipJoin(new JoinView(
                request.titledPage(room.name()),
                request.sidebar(),
                room,
                invitation,
                inviter,
                byName.isPresent(),
                refusal));
    }
}
