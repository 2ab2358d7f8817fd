package chat.klatsch.web.admin;

import static chat.klatsch.web.admin.OperatorDoor.query;
import static chat.klatsch.web.http.Forms.field;

import chat.klatsch.account.Accounts;
import chat.klatsch.admin.Deed;
import chat.klatsch.admin.House;
import chat.klatsch.admin.Resident;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.Portion;
import chat.klatsch.core.User;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.Site;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Everybody with an account, as operators see them and what they do about them, and what has been done. Thread-safe. */
public final class HousePages {
    private final House house;
    private final Accounts accounts;
    private final OperatorDoor door;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public HousePages(House house, Accounts accounts, OperatorDoor door, Site site) {
        this.house = house;
        this.accounts = accounts;
        this.door = door;
        this.site = site;
    }

    /** Before everything else under this address. */
    public void guard(Context context) {
        door.guard(context);
    }

    public void home(Context context) {
        context.redirect(site.path("/house/people"), HttpStatus.SEE_OTHER);
    }

    public void people(Context context) {
        Html.send(context, peoplePage(context, field(context, "name"), Optional.empty()));
    }

    public void ban(Context context) {
        String note = field(context, "note");
        perform(context, (operator, user) -> house.ban(operator, user, note));
    }

    public void unban(Context context) {
        perform(context, house::unban);
    }

    public void appoint(Context context) {
        perform(context, house::appoint);
    }

    public void dismiss(Context context) {
        perform(context, house::dismiss);
    }

    /** Shows the link in the answer itself: it is nowhere else. */
    public void reset(Context context) {
        try {
            User user = accounts.named(field(context, "username"));
            String link = house.resetLink(door.operator(context).user(), user);
            Html.send(context, templates.houseLink(door.view(context, "A new password", Optional.empty()), user, link));
        } catch (ChatException refusal) {
            door.refuse(context, refusal, reason -> peoplePage(context, field(context, "username"), reason));
        }
    }

    public void audit(Context context) {
        String before = field(context, "before");
        Portion<Deed> deeds = house.deeds(before.isEmpty() ? Long.MAX_VALUE : Json.number(before));
        Html.send(context, templates.houseAudit(door.view(context, "Audit", Optional.empty()), deeds));
    }

    private void perform(Context context, BiConsumer<User, User> action) {
        String username = field(context, "username");
        door.perform(
                context,
                () -> action.accept(door.operator(context).user(), accounts.named(username)),
                "/house/people?" + query("name", username),
                reason -> peoplePage(context, username, reason));
    }

    private JteModel peoplePage(Context context, String name, Optional<String> refusal) {
        Portion<Resident> people = house.people(name, field(context, "after"));
        Optional<String> next = people.last()
                .map(last -> "/house/people?" + query("name", name) + "&"
                        + query("after", last.user().username()));
        return templates.housePeople(door.view(context, "People", refusal), people, name, next);
    }
}
