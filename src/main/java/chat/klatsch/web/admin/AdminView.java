package chat.klatsch.web.admin;

import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.util.Optional;

/**
 * The common part of all admin pages.
 *
 * @param refusal why an action was refused
 */
public record AdminView(PageContext page, Sidebar sidebar, LocalTimes times, Optional<String> refusal) {
    static AdminView of(ChatRequest request, String title, Optional<String> refusal) {
        return new AdminView(request.page(title), request.sidebar(), request.times(), refusal);
    }
}
