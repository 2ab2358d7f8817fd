package chat.klatsch.web.room;

import chat.klatsch.core.User;
import chat.klatsch.room.MembershipService;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.templates.StaticTemplates;
import java.util.List;

/** The members whose names begin with what is being typed. Thread-safe. */
public final class NamePages {
    private static final int OFFERED = 8;
    private static final int MAX_LENGTH = 32;
    private static final int REQUESTS_PER_MINUTE = 300;

    private final MembershipService memberships;
    private final RateLimiter rate = new RateLimiter("refusal.requests", REQUESTS_PER_MINUTE);
    private final StaticTemplates templates = new StaticTemplates();

    public NamePages(MembershipService memberships) {
        this.memberships = memberships;
    }

    /** At most eight members by username or display name; none without a {@code start}. */
    public void names(ChatRequest request) {
        rate.take(request.user().id());
        String start = request.query("start").orElse("");
        List<User> found = start.isBlank() || start.length() > MAX_LENGTH
                ? List.of()
                : memberships.named(request.room(), start, OFFERED);
        request.show(templates.roomNames(request.site(), found));
    }
}
