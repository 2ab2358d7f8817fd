package chat.klatsch.web.admin;

import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The common part of all admin pages.
 *
 * @param address the path in the chat and the query of the page
 * @param refusal why an action was refused
 */
public record AdminView(PageContext page, Sidebar sidebar, LocalTimes times, String address, Optional<String> refusal) {
    /** The end of a link to a question. By it, the question leads back to this page and to a place on it. */
    public String back(String place) {
        return "&back=" + URLEncoder.encode(address + "#" + place, StandardCharsets.UTF_8);
    }

    static AdminView of(ChatRequest request, String title, Optional<String> refusal) {
        String address = request.context().req().getMethod().equals("GET")
                ? request.site().requestedAddress(request.context())
                : request.back("/admin/" + title.toLowerCase(Locale.ROOT)).replaceFirst("#.*", "");
        return new AdminView(request.page(title), request.sidebar(), request.times(), address, refusal);
    }
}
