package chat.klatsch.web.search;

import chat.klatsch.core.RoomId;
import chat.klatsch.room.Room;
import chat.klatsch.search.Excerpt;
import chat.klatsch.search.SearchHit;
import chat.klatsch.search.SearchQuery;
import chat.klatsch.search.SearchResults;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import chat.klatsch.web.view.Site;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The search page.
 *
 * @param only the room to which the search is limited
 * @param typed the query as it was typed
 * @param query the parsed query, empty if it was refused
 * @param found the results, empty without a query
 */
public record SearchView(
        PageContext page,
        Sidebar sidebar,
        LocalTimes times,
        Optional<Room> only,
        String typed,
        SearchQuery query,
        Optional<SearchResults> found,
        Optional<String> refusal) {
    public boolean isOnly(RoomId room) {
        return sidebar.isCurrent(room);
    }

    public boolean isNothingFound() {
        return found.filter(page -> page.hits().isEmpty()).isPresent();
    }

    public Excerpt excerpt(SearchHit hit) {
        return site().drawing()
                .of(
                        hit.room().id(),
                        hit.seq(),
                        () -> Excerpt.of(hit.body(), query),
                        () -> new Excerpt(List.of(new Excerpt.Piece(hit.body(), false))));
    }

    public String address(SearchHit hit) {
        return site().message(hit.room().id(), hit.seq());
    }

    /** The address of the next page of results. */
    public Optional<String> more() {
        return found.flatMap(SearchResults::next)
                .map(place -> site().path("/search?q="
                        + URLEncoder.encode(typed, StandardCharsets.UTF_8)
                        + only.map(room -> "&room=" + room.id()).orElse("")
                        + "&before=" + place));
    }

    private Site site() {
        return page.site();
    }
}
