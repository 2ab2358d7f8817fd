package chat.klatsch.web;

import static chat.klatsch.web.http.Access.ANYONE;
import static chat.klatsch.web.http.Access.MEMBER;
import static chat.klatsch.web.http.Access.USER;
import static chat.klatsch.web.http.Access.WRITER;

import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.ProtectedRoutes;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.membership.JoinPages;
import chat.klatsch.web.membership.MemberPages;
import chat.klatsch.web.membership.PreferencePages;
import chat.klatsch.web.membership.RoomListPages;
import chat.klatsch.web.membership.RoomSettingsPages;
import chat.klatsch.web.room.DraftPages;
import chat.klatsch.web.room.NamePages;
import chat.klatsch.web.room.RoomPages;
import java.util.function.Consumer;

/** The part of the table of {@link Routes} that concerns rooms, their members and their pages. */
final class RoomRoutes {
    private final ProtectedRoutes table;
    private final Services services;
    private final RateLimiter changeRate;
    private final RateLimiter searchRate;
    private final Limits limits;

    RoomRoutes(ProtectedRoutes table, Services services, RateLimiter searchRate, Limits limits) {
        this.table = table;
        this.services = services;
        this.searchRate = searchRate;
        this.limits = limits;
        this.changeRate = new RateLimiter("refusal.rooms.changing", limits.of(Limit.ROOM_CHANGES_PER_MINUTE));
    }

    void add() {
        RoomListPages list = new RoomListPages(
                services.memberships(), services.accounts(), limits.of(Limit.PRIVATE_CHATS_PER_HOUR), searchRate);
        table.get("/rooms", list::list, USER);
        table.post("/rooms", limited(list::create), USER);
        table.post("/direct/{username}", limited(list::direct), USER);

        JoinPages joins = new JoinPages(services.memberships(), services.emailVerification(), services.signUpRules());
        table.post("/rooms/{room}/join", limited(joins::join), USER);
        table.get("/rooms/{room}/decline", joins::declineForm, USER);
        table.post("/rooms/{room}/decline", limited(joins::decline), USER);
        table.get("/rooms/{room}/leave", joins::leaveForm, MEMBER);
        table.post("/rooms/{room}/leave", limited(joins::leave), MEMBER);
        table.get("/invitations/{code}", joins::invitation, ANYONE);

        MemberPages members = new MemberPages(services.memberships(), services.accounts());
        table.get("/rooms/{room}/about", members::about, MEMBER);
        table.get("/rooms/{room}/mute", members::muteForm, MEMBER);
        table.post("/rooms/{room}/mute", limited(members::mute), MEMBER);
        table.post("/rooms/{room}/unmute", limited(members::unmute), MEMBER);

        PreferencePages preferences = new PreferencePages(services.memberships());
        table.post("/rooms/{room}/notifications", limited(preferences::notify), MEMBER);
        table.post("/rooms/{room}/star", limited(preferences::star), MEMBER);

        RoomSettingsPages settings = new RoomSettingsPages(services.memberships(), services.accounts(), members);
        table.post("/rooms/{room}/about", limited(settings::change), MEMBER);
        table.post("/rooms/{room}/members", limited(settings::inviteUser), MEMBER);
        table.get("/rooms/{room}/members/remove", settings::removalForm, MEMBER);
        table.post("/rooms/{room}/members/remove", limited(settings::remove), MEMBER);
        table.get("/rooms/{room}/transfer", settings::transferForm, MEMBER);
        table.post("/rooms/{room}/transfer", limited(settings::transfer), MEMBER);
        table.get("/rooms/{room}/invitation", settings::linkForm, MEMBER);
        table.post("/rooms/{room}/invitation", limited(settings::createLink), MEMBER);
        table.get("/rooms/{room}/invitation/revoke", settings::revocationForm, MEMBER);
        table.post("/rooms/{room}/invitation/revoke", limited(settings::revokeLink), MEMBER);
        table.get("/rooms/{room}/delete", settings::deletionForm, MEMBER);
        table.post("/rooms/{room}/delete", limited(settings::delete), MEMBER);

        DraftPages drafts =
                new DraftPages(services.drafts(), services.messageService(), limits.of(Limit.MESSAGE_LENGTH));
        RoomPages rooms =
                new RoomPages(services.memberships(), services.messageService(), services.rooms(), drafts, joins);
        table.get("/rooms/{room}/draft", drafts::enter, MEMBER);
        table.post("/rooms/{room}/draft", drafts::save, WRITER);
        table.get("/", rooms::home, ANYONE);
        table.get("/rooms/{room}", rooms::page, USER);
        table.get("/rooms/{room}/connection", rooms::connection, USER);
        table.get("/inbox/connection", rooms::listConnection, USER);
        table.get("/rooms/{room}/names", new NamePages(services.memberships())::names, MEMBER);
        table.get("/rooms/{room}/days", rooms::days, MEMBER);
        table.get("/rooms/{room}/messages", rooms::history, MEMBER);
    }

    /** Makes an action that changes rooms or memberships count towards the one rate that each user has for all of these. */
    private Consumer<ChatRequest> limited(Consumer<ChatRequest> change) {
        return request -> {
            changeRate.take(request.user().id());
            change.accept(request);
        };
    }
}
