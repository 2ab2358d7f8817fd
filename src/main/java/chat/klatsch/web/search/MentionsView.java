package chat.klatsch.web.search;

import chat.klatsch.room.Membership;
import chat.klatsch.search.Excerpt;
import chat.klatsch.search.SearchHit;
import chat.klatsch.search.SearchQuery;
import chat.klatsch.search.SearchResults;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.util.List;
import java.util.Optional;

/**
 * A page of the messages that mention the viewer.
 *
 * @param continued whether newer ones are on another page
 */
public record MentionsView(
        PageContext page, Sidebar sidebar, LocalTimes times, boolean continued, SearchResults found) {
    /** Returns whether the viewer has not read the message. */
    public boolean isUnread(SearchHit hit) {
        return sidebar.rooms().stream()
                .filter(membership -> membership.room().id().equals(hit.room().id()))
                .map(Membership::marker)
                .anyMatch(marker -> marker.seq() < hit.seq());
    }

    /** Returns the part of the text around the mention. */
    public Excerpt excerpt(SearchHit hit) {
        return page.site()
                .fallback()
                .render(
                        hit.room().id(),
                        hit.seq(),
                        () -> Excerpt.of(hit.body(), SearchQuery.of("\"" + page.viewerName() + "\"")),
                        () -> new Excerpt(List.of(new Excerpt.Piece(hit.body(), false))));
    }

    /** The address of the next page. */
    public Optional<String> more() {
        return found.next().map(place -> page.site().path("/mentions?before=" + place));
    }
}
