package chat.klatsch.web.admin;

import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The common part of all admin pages.
 *
 * @param tab the one of {@link #TABS} that the page belongs to
 * @param address the path in the chat and the query of the page
 * @param refusal why an action was refused
 */
public record AdminView(
        PageContext page, Sidebar sidebar, LocalTimes times, String tab, String address, Optional<String> refusal) {
    /** The parts of the admin area, each with an address of its own. */
    public static final List<String> TABS = List.of("users", "rooms", "messages", "audit", "chat");

    /** The end of a link to a question. By it, the question leads back to this page and to a place on it. */
    public String back(String place) {
        return "&back=" + URLEncoder.encode(address + "#" + place, StandardCharsets.UTF_8);
    }

    static AdminView of(ChatRequest request, String tab, Optional<String> refusal) {
        return of(request, "admin." + tab, tab, refusal);
    }

    /** @param title the key of the title */
    static AdminView of(ChatRequest request, String title, String tab, Optional<String> refusal) {
        String address = request.context().req().getMethod().equals("GET")
                ? request.site().requestedAddress(request.context())
                : request.back("/admin/" + tab).replaceFirst("#.*", "");
        return new AdminView(request.page(title), request.sidebar(), request.times(), tab, address, refusal);
    }
}
