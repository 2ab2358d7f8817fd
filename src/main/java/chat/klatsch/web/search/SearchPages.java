package chat.klatsch.web.search;

import chat.klatsch.account.AccountService;
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
import java.util.OptionalInt;

/** Searches messages in all rooms of a user or in one. Thread-safe. */
public final class SearchPages {
    private static final int SEARCHES_PER_MINUTE = 60;
    private static final SearchQuery NOTHING = new SearchQuery(List.of());

    private final MembershipService memberships;
    private final AccountService accounts;
    private final SearchService search;
    private final RateLimiter searchRate = new RateLimiter("refusal.searching", SEARCHES_PER_MINUTE);
    private final StaticTemplates templates = new StaticTemplates();

    public SearchPages(MembershipService memberships, AccountService accounts, SearchService search) {
        this.memberships = memberships;
        this.accounts = accounts;
        this.search = search;
    }

    /** Shows the form, with results if a query is given and every filter is valid. */
    public void page(ChatRequest request) {
        Optional<Room> only =
                parameter(request, "room").map(room -> memberships.room(request.user(), new RoomId(room)));
        Optional<SearchCursor> before = parameter(request, "before").map(SearchCursor::of);
        SearchForm form = SearchForm.of(request, only, accounts);
        if (!form.errors().isEmpty()) {
            ChatException refusal = ChatException.invalid("refusal.search.field");
            request.refuse(refusal, reason -> page(request, form, NOTHING, Optional.empty(), Optional.empty()));
            return;
        }
        SearchQuery query = NOTHING;
        try {
            query = SearchQuery.of(form.typed());
            if (!query.isEmpty()) {
                searchRate.take(request.user().id());
            }
            request.show(page(request, form, query, found(request, form, query, before), Optional.empty()));
        } catch (ChatException refusal) {
            SearchQuery refused = query;
            request.refuse(refusal, reason -> page(request, form, refused, Optional.empty(), reason));
        }
    }

    /** Counts the results if there is more than this page of them. */
    private Optional<SearchView.Found> found(
            ChatRequest request, SearchForm form, SearchQuery query, Optional<SearchCursor> before) {
        if (form.typed().isBlank() && form.values().isEmpty()) {
            return Optional.empty();
        }
        SearchResults results = search.find(request.user(), query, form.filter(), before);
        OptionalInt count = before.isPresent() || results.next().isPresent()
                ? search.count(request.user(), query, form.filter())
                : OptionalInt.of(results.hits().size());
        return Optional.of(new SearchView.Found(results, count));
    }

    private JteModel page(
            ChatRequest request,
            SearchForm form,
            SearchQuery query,
            Optional<SearchView.Found> found,
            Optional<String> refusal) {
        return templates.searchPage(new SearchView(
                request.page("search"),
                request.sidebarAbout(form.room().map(Room::id)),
                request.times(),
                form,
                query,
                found,
                refusal));
    }

    private static Optional<String> parameter(ChatRequest request, String name) {
        return request.query(name).filter(value -> !value.isEmpty());
    }
}
