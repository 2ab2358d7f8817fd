package chat.klatsch.web.search;

import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.search.SearchCursor;
import chat.klatsch.search.SearchQuery;
import chat.klatsch.search.SearchResults;
import chat.klatsch.search.SearchService;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Looking for what was said, in all of one's rooms or in one. Thread-safe. */
public final class SearchPages {
    private static final int PER_MINUTE = 60;
    private static final SearchQuery NOTHING = new SearchQuery(List.of());

    private final MembershipService memberships;
    private final SearchService search;
    private final Sessions sessions;
    private final Site site;
    private final RateLimiter searching = new RateLimiter(
            "You are searching faster than anyone can read. Please wait a moment.", PER_MINUTE, PER_MINUTE);
    private final StaticTemplates templates = new StaticTemplates();

    public SearchPages(MembershipService memberships, SearchService search, Sessions sessions, Site site) {
        this.memberships = memberships;
        this.search = search;
        this.sessions = sessions;
        this.site = site;
    }

    /** The form, and what is found when it comes with something to look for. */
    public void page(Context context) {
        Session viewer = sessions.require(context);
        String typed = parameter(context, "q").orElse("");
        Optional<Room> only = parameter(context, "room").map(room -> memberships.room(viewer.user(), new RoomId(room)));
        Optional<SearchCursor> before = parameter(context, "before").map(SearchCursor::of);
        SearchQuery query = NOTHING;
        try {
            query = SearchQuery.of(typed);
            if (!query.isEmpty()) {
                searching.take(viewer.user().id());
            }
            Optional<SearchResults> found = typed.isBlank()
                    ? Optional.empty()
                    : Optional.of(search.find(viewer.user(), query, only.map(Room::id), before));
            show(context, viewer, only, typed, query, found, Optional.empty());
        } catch (ChatException refusal) {
            ErrorResponses.refuse(refusal, context);
            show(context, viewer, only, typed, query, Optional.empty(), Optional.of(refusal.reason()));
        }
    }

    private void show(
            Context context,
            Session viewer,
            Optional<Room> only,
            String typed,
            SearchQuery query,
            Optional<SearchResults> found,
            Optional<String> refusal) {
        Html.send(
                context,
                templates.searchPage(new SearchView(
                        new PageContext(site, "Search", viewer.user()),
                        new Sidebar(memberships.roomsOf(viewer.user()), only.map(Room::id)),
                        new LocalTimes(viewer.zone()),
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
