package chat.klatsch.web.search;

import chat.klatsch.search.SearchCursor;
import chat.klatsch.search.SearchService;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.templates.StaticTemplates;
import java.util.Optional;

/** The messages in all rooms of a user that mention the user. Thread-safe. */
public final class MentionPages {
    private final SearchService search;
    private final StaticTemplates templates = new StaticTemplates();

    public MentionPages(SearchService search) {
        this.search = search;
    }

    public void page(ChatRequest request) {
        Optional<SearchCursor> before = request.query("before").map(SearchCursor::of);
        request.show(templates.searchMentions(new MentionsView(
                request.page("mentions"),
                request.sidebar(),
                request.times(),
                before.isPresent(),
                search.mentions(request.user(), before))));
    }
}
