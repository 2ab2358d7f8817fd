package chat.klatsch.web.search;

import chat.klatsch.search.Excerpt;
import chat.klatsch.search.SearchHit;
import chat.klatsch.search.SearchQuery;
import chat.klatsch.search.SearchResults;
import chat.klatsch.search.SearchService;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import chat.klatsch.web.view.Site;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The search page.
 *
 * @param query the parsed query, empty if it was refused
 * @param found the results, empty without a query
 */
public record SearchView(
        PageContext page,
        Sidebar sidebar,
        LocalTimes times,
        SearchForm form,
        SearchQuery query,
        Optional<Found> found,
        Optional<String> refusal) {
    /** @param count the number of results on all pages, if it is known */
    public record Found(SearchResults results, OptionalInt count) {}

    public boolean isNothingFound() {
        return found.filter(page -> page.results().hits().isEmpty()).isPresent();
    }

    public List<SearchHit> hits() {
        return found.map(page -> page.results().hits()).orElse(List.of());
    }

    /** Returns how many results there are, in words. */
    public String count() {
        int count = found.map(Found::count).orElse(OptionalInt.empty()).orElse(-1);
        if (count < 0) {
            return page.text("search.results.more", SearchService.PAGE_SIZE);
        }
        if (count > SearchService.MAX_COUNT) {
            return page.text("search.results.more", SearchService.MAX_COUNT);
        }
        return page.text("search.results", count);
    }

    public Excerpt excerpt(SearchHit hit) {
        return site().fallback()
                .render(
                        hit.room().id(),
                        hit.seq(),
                        () -> Excerpt.of(hit.body(), query),
                        () -> new Excerpt(List.of(new Excerpt.Piece(hit.body(), false))));
    }

    /** The address of the next page of results. */
    public Optional<String> more() {
        return found.flatMap(page -> page.results().next())
                .map(place -> site().path("/search?" + form.query() + "&before=" + place));
    }

    private Site site() {
        return page.site();
    }
}
