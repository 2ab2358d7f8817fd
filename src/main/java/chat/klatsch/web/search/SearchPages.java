package chat.klatsch.web.search;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.search.SearchCursor;
import chat.klatsch.search.SearchQuery;
import chat.klatsch.search.SearchResults;
import chat.klatsch.search.SearchService;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.util.List;
import java.util.Optional;

/** Searches messages in all rooms of a user or in one. Thread-safe. */
public final class SearchPages {
    private static final int SEARCHES_PER_MINUTE = 60;
    private static final SearchQuery NOTHING = new SearchQuery(List.of());

    private final MembershipService memberships;
    private final SearchService search;
    private final RateLimiter searchRate = new RateLimiter(
            "You are searching too fast. Please wait a moment.", SEARCHES_PER_MINUTE, SEARCHES_PER_MINUTE);
    private final StaticTemplates templates = new StaticTemplates();

    public SearchPages(MembershipService memberships, SearchService search) {
        this.memberships = memberships;
        this.search = search;
    }

    /** Shows the form, with results if a query is given. */
    public void page(ChatRequest request) {
        String typed = parameter(request, "q").orElse("");
        Optional<Room> only =
                parameter(request, "room").map(room -> memberships.room(request.user(), new RoomId(room)));
        Optional<SearchCursor> before = parameter(request, "before").map(SearchCursor::of);
        SearchQuery query = NOTHING;
        try {
            query = SearchQuery.of(typed);
            if (!query.isEmpty()) {
                searchRate.take(request.user().id());
            }
            Optional<SearchResults> found = typed.isBlank()
                    ? Optional.empty()
                    : Optional.of(search.find(request.user(), query, only.map(Room::id), before));
            request.show(page(request, only, typed, query, found, Optional.empty()));
        } catch (ChatException refusal) {
            SearchQuery refused = query;
            request.refuse(refusal, reason -> page(request, only, typed, refused, Optional.empty(), reason));
        }
    }

    private JteModel page(
            ChatRequest request,
            Optional<Room> only,
            String typed,
            SearchQuery query,
            Optional<SearchResults> found,
            Optional<String> refusal) {
        return templates.searchPage(new SearchView(
                request.page("Search"),
                request.sidebar(only.map(Room::id)),
                request.times(),
                only,
                typed,
                query,
                found,
                refusal));
    }

    private static Optional<String> parameter(ChatRequest request, String name) {
        return request.query(name).filter(value -> !value.isEmpty());
    }
}
