package chat.klatsch.web.membership;

import chat.klatsch.account.AccountService;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Ownership;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** What the owner of a room does with it, by one form each. Thread-safe. */
public final class RoomSettingsPages {
    private final MembershipService memberships;
    private final AccountService accounts;
    private final MemberPages memberPages;
    private final Sessions sessions;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public RoomSettingsPages(
            MembershipService memberships,
            AccountService accounts,
            MemberPages memberPages,
            Sessions sessions,
            Site site) {
        this.memberships = memberships;
        this.accounts = accounts;
        this.memberPages = memberPages;
        this.sessions = sessions;
        this.site = site;
    }

    public void change(Context context) {
        RoomForm form = RoomForm.sent(context);
        perform(
                context,
                ownership -> {
                    RoomForm.requireKind(context);
                    ownership.change(new RoomName(form.name()), form.open(), form.verifiedOnly());
                },
                (view, reason) -> view.with(form.refused(reason)));
    }

    public void add(Context context) {
        String username = username(context);
        perform(
                context,
                ownership -> ownership.add(accounts.named(username)),
                (view, reason) -> view.refused(username, reason));
    }

    public void remove(Context context) {
        performOnMember(context, ownership -> ownership.remove(accounts.named(username(context))));
    }

    public void transfer(Context context) {
        performOnMember(context, ownership -> ownership.transfer(accounts.named(username(context))));
    }

    public void invite(Context context) {
        performOnMember(context, Ownership::invite);
    }

    public void revokeInvitation(Context context) {
        performOnMember(context, Ownership::revokeInvitation);
    }

    /** Asks whether it is meant. */
    public void deleteForm(Context context) {
        User owner = sessions.require(context).user();
        Room room = room(context, owner);
        memberships.ownership(owner, room);
        Html.send(context, templates.membershipDelete(new PageContext(site, "Delete " + room.name(), owner), room));
    }

    public void delete(Context context) {
        User owner = sessions.require(context).user();
        memberships.ownership(owner, room(context, owner)).delete();
        context.redirect(site.path("/rooms"), HttpStatus.SEE_OTHER);
    }

    private void performOnMember(Context context, Consumer<Ownership> action) {
        perform(context, action, (view, reason) -> view.refused("", reason));
    }

    /** Does it, and goes back to the page; where it is refused, the page says why. */
    private void perform(
            Context context,
            Consumer<Ownership> action,
            BiFunction<RoomSettingsView, String, RoomSettingsView> refused) {
        User owner = sessions.require(context).user();
        Room room = room(context, owner);
        Ownership ownership = memberships.ownership(owner, room);
        try {
            action.accept(ownership);
            context.redirect(site.room(room.id()) + "/about", HttpStatus.SEE_OTHER);
        } catch (ChatException refusal) {
            ErrorResponses.refuse(refusal, context);
            RoomSettingsView view =
                    refused.apply(RoomSettingsView.of(room, ownership, site, context), refusal.reason());
            memberPages.show(context, owner, room, Optional.of(view), Optional.empty());
        }
    }

    private Room room(Context context, User owner) {
        return memberships.room(owner, new RoomId(context.pathParam("room")));
    }

    private static String username(Context context) {
        return Objects.requireNonNullElse(context.formParam("username"), "").strip();
    }
}
