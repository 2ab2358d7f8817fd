package chat.klatsch.web.membership;

import chat.klatsch.account.AccountService;
import chat.klatsch.account.EmailVerification;
import chat.klatsch.account.SignUpRules;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.room.LinkInvitation;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.room.RoomPreview;
import chat.klatsch.room.RoomSearch;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Confirmation;
import chat.klatsch.web.http.FlashMessage;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Finding, creating, joining and leaving rooms, and private chats. Thread-safe. */
public final class RoomListPages {
    private static final int ROOMS_PER_MINUTE = 10;
    private static final int ROOM_BURST = 30;

    private final MembershipService memberships;
    private final AccountService accounts;
    private final EmailVerification emailVerification;
    private final SignUpRules signUpRules;
    private final RateLimiter createRate =
            new RateLimiter("You are creating rooms too fast. Please wait a moment.", ROOMS_PER_MINUTE, ROOM_BURST);
    private final RateLimiter chatRate;
    private final StaticTemplates templates = new StaticTemplates();

    /** @param newChatsPerHour the private chats that a user may open with further people; 0 for no limit */
    public RoomListPages(
            MembershipService memberships,
            AccountService accounts,
            EmailVerification emailVerification,
            SignUpRules signUpRules,
            int newChatsPerHour) {
        this.memberships = memberships;
        this.accounts = accounts;
        this.emailVerification = emailVerification;
        this.signUpRules = signUpRules;
        this.chatRate = new RateLimiter(
                "You are opening private chats with too many people. Please try again later.",
                newChatsPerHour,
                Duration.ofHours(1));
    }

    public void list(ChatRequest request) {
        request.show(listPage(request, RoomForm.BLANK));
    }

    public void create(ChatRequest request) {
        User owner = request.user();
        RoomForm form = RoomForm.sent(request);
        try {
            RoomForm.requireKind(request);
            RoomName name = new RoomName(form.name());
            RoomId id = RoomId.random();
            request.once(
                    () -> {
                        createRate.take(owner.id());
                        memberships.create(id, owner, name, form.open());
                    },
                    "/rooms/" + id);
        } catch (ChatException refusal) {
            request.refuse(refusal, reason -> listPage(request, form.refused(refusal.reason())));
        }
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
            boolean signsUp = signUpRules.refusal("", () -> true).isEmpty();
            String next = URLEncoder.encode("/invitations/" + code, StandardCharsets.UTF_8);
            request.redirect((signsUp ? "/signup?next=" : "/login?next=") + next);
        } else if (memberships.roomIfMember(request.user(), room.id()).isPresent()) {
            enter(request, room.id());
        } else {
            request.show(joinPage(request, room, code, Optional.empty()));
        }
    }

    public void join(ChatRequest request) {
        User user = request.user();
        RoomId room = request.roomId();
        String invitation = request.form("invitation");
        try {
            memberships.join(user, emailVerification.isVerified(user), room, invitation);
            enter(request, room);
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
                .orElse("a room");
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
        Confirmation.ask(
                request,
                Confirmation.of(
                        request,
                        "Decline the invitation to " + room.name() + "?",
                        "You cannot be invited to this room again for a while.",
                        "Decline",
                        "/rooms"));
    }

    public void leaveForm(ChatRequest request) {
        Room room = request.room();
        Confirmation.ask(
                request,
                Confirmation.of(
                        request,
                        "Leave " + room.name() + "?",
                        room.kind() == Room.Kind.OPEN
                                ? "You can join this room again at any time."
                                : "You need a new invitation to come back.",
                        "Leave room",
                        MemberPages.path(request)));
    }

    public void leave(ChatRequest request) {
        Room room = request.room();
        request.once(() -> memberships.leave(request.user(), room), FlashMessage.LEFT.at("/rooms", room.name()));
    }

    public void direct(ChatRequest request) {
        User user = request.user();
        User other = accounts.named(request.path("username"));
        RoomId room = memberships.directIfPresent(user, other).orElseGet(() -> {
            chatRate.take(user.id());
            return memberships.direct(user, other);
        });
        enter(request, room);
    }

    private JteModel listPage(ChatRequest request, RoomForm form) {
        String typed = request.query("q").orElse("").strip();
        Optional<RoomId> after =
                request.query("after").filter(room -> !room.isEmpty()).map(RoomId::new);
        return templates.membershipRoomList(new RoomListView(
                request.page("Rooms"),
                request.sidebar(),
                memberships.invitations().of(request.user()),
                typed,
                memberships.openRooms(RoomSearch.of(typed), after),
                form));
    }

    private JteModel joinPage(ChatRequest request, RoomPreview room, String invitation, Optional<String> refusal) {
        Optional<User> byName = memberships.invitations().inviter(request.user(), room.id());
        Optional<User> inviter =
                byName.or(() -> memberships.invitations().byLink(invitation).flatMap(LinkInvitation::inviter));
        return templates.membershipJoin(new JoinView(
                request.page(room.name()), request.sidebar(), room, invitation, inviter, byName.isPresent(), refusal));
    }

    private void enter(ChatRequest request, RoomId room) {
        request.redirect(room, "");
    }
}
