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
import java.util.Optional;

/**
 * All that the page of a search shows.
 *
 * @param only the room that is looked through alone
 * @param typed what was typed, as it was
 * @param query what was made of it; empty for one that was refused
 * @param found what has been found, empty while nothing has been looked for
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
        return Excerpt.of(hit.body(), query);
    }

    public String address(SearchHit hit) {
        return site().message(hit.room().id(), hit.seq());
    }

    /** The address of the page after this. */
    public Optional<String> more() {
        return found.flatMap(SearchResults::more)
                .map(place -> site().path("/search?q="
                        + URLEncoder.encode(typed, StandardCharsets.UTF_8)
                        + only.map(room -> "&room=" + room.id()).orElse("")
                        + "&before=" + place));
    }

    private Site site() {
        return page.site();
    }
}
