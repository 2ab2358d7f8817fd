package chat.klatsch.web.search;

import chat.klatsch.account.SignedIn;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.room.Doorkeeper;
import chat.klatsch.room.Room;
import chat.klatsch.search.Found;
import chat.klatsch.search.Place;
import chat.klatsch.search.Query;
import chat.klatsch.search.Search;
import chat.klatsch.web.http.Errors;
import chat.klatsch.web.http.RateLimit;
import chat.klatsch.web.http.SignIns;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.Page;
import chat.klatsch.web.view.Sidebar;
import chat.klatsch.web.view.Site;
import chat.klatsch.web.view.Times;
import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Looking for what was said, in all of one's rooms or in one. Thread-safe. */
public final class SearchPages {
    private static final int PER_MINUTE = 60;
    private static final Query NOTHING = new Query(List.of());

    private final Doorkeeper doorkeeper;
    private final Search search;
    private final SignIns signIns;
    private final Site site;
    private final RateLimit searching = new RateLimit(
            "You are searching faster than anyone can read. Please wait a moment.", PER_MINUTE, PER_MINUTE);
    private final StaticTemplates templates = new StaticTemplates();

    public SearchPages(Doorkeeper doorkeeper, Search search, SignIns signIns, Site site) {
        this.doorkeeper = doorkeeper;
        this.search = search;
        this.signIns = signIns;
        this.site = site;
    }

    /** The form, and what is found when it comes with something to look for. */
    public void page(Context context) {
        SignedIn viewer = signIns.require(context);
        String typed = parameter(context, "q").orElse("");
        Optional<Room> only = parameter(context, "room").map(room -> doorkeeper.room(viewer.user(), new RoomId(room)));
        Optional<Place> before = parameter(context, "before").map(Place::of);
        Query query = NOTHING;
        try {
            query = Query.of(typed);
            if (!query.isEmpty()) {
                searching.take(viewer.user().id());
            }
            Optional<Found> found = typed.isBlank()
                    ? Optional.empty()
                    : Optional.of(search.find(viewer.user(), query, only.map(Room::id), before));
            show(context, viewer, only, typed, query, found, Optional.empty());
        } catch (ChatException refusal) {
            Errors.refuse(refusal, context);
            show(context, viewer, only, typed, query, Optional.empty(), Optional.of(refusal.reason()));
        }
    }

    private void show(
            Context context,
            SignedIn viewer,
            Optional<Room> only,
            String typed,
            Query query,
            Optional<Found> found,
            Optional<String> refusal) {
        Html.send(
                context,
                templates.searchPage(new SearchView(
                        new Page(site, "Search", viewer.user()),
                        new Sidebar(doorkeeper.roomsOf(viewer.user()), only.map(Room::id)),
                        new Times(viewer.zone()),
                        only,
                        typed,
                        query,
                        found,
                        refusal)));
    }

    private static Optional<String> parameter(Context context, String name) {
        return Optional.of(Objects.requireNonNullElse(context.queryParam(name), ""))
                .filter(value -> !value.isEmpty());
    }
}
