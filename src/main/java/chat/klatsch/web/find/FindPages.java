package chat.klatsch.web.find;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.NormalText;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.profile.ProfileService;
import chat.klatsch.room.Membership;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomPreview;
import chat.klatsch.room.RoomSearch;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Sidebar;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds rooms and people by name: the quick switcher, and the page to start a private chat. htmx gets the results alone,
 * as the user types. Whom one can find is no secret: the lobby lists everybody. Thread-safe.
 */
public final class FindPages {
    private static final int MAX_RESULTS = 8;
    private static final int MAX_PEOPLE = 20;
    private static final int MAX_LENGTH = 100;

    private final MembershipService memberships;
    private final ProfileService profiles;
    private final RateLimiter rate;
    private final StaticTemplates templates = new StaticTemplates();

    /** @param rate limits the searches of a user */
    public FindPages(MembershipService memberships, ProfileService profiles, RateLimiter rate) {
        this.memberships = memberships;
        this.profiles = profiles;
        this.rate = rate;
    }

    /** Rooms of the user, people and open rooms. With {@code open}, goes to the first of them. */
    public void find(ChatRequest request) {
        show(request, "find", this::everything);
    }

    /** People to start a private chat with. */
    public void people(ChatRequest request) {
        show(request, "chat.new", this::onlyPeople);
    }

    private interface Finder {
        FindView find(ChatRequest request, FindView nothing, String name);
    }

    private void show(ChatRequest request, String title, Finder finder) {
        String typed = request.query("to").orElse("").strip();
        Sidebar sidebar = request.sidebar();
        FindView nothing =
                new FindView(request.page(title), sidebar, typed, List.of(), List.of(), List.of(), Optional.empty());
        try {
            rate.take(request.user().id());
            FindView found = typed.length() > MAX_LENGTH ? nothing : finder.find(request, nothing, comparable(typed));
            Optional<String> first =
                    request.query("open").isPresent() ? found.first(user -> chat(request, user)) : Optional.empty();
            first.ifPresentOrElse(request::redirect, () -> show(request, found));
        } catch (ChatException refusal) {
            request.refuse(
                    refusal,
                    reason -> request.isHtmx()
                            ? templates.findResults(with(nothing, reason))
                            : templates.findPage(with(nothing, reason), path(request)));
        }
    }

    private Optional<RoomId> chat(ChatRequest request, User other) {
        return memberships.privateChats().find(request.user(), other);
    }

    private void show(ChatRequest request, FindView found) {
        request.show(request.isHtmx() ? templates.findResults(found) : templates.findPage(found, path(request)));
    }

    private static String path(ChatRequest request) {
        return request.site().requestedPath(request.context());
    }

    private FindView everything(ChatRequest request, FindView nothing, String name) {
        List<Membership> rooms = nothing.sidebar().rooms().stream()
                .filter(membership -> place(membership.room(), name) >= 0)
                .sorted(Comparator.comparing(membership -> place(membership.room(), name) > 0))
                .limit(MAX_RESULTS)
                .toList();
        List<User> people = name.isEmpty() ? List.of() : others(request, name, rooms);
        List<RoomPreview> open = name.isEmpty() ? List.of() : open(nothing);
        return new FindView(nothing.page(), nothing.sidebar(), nothing.typed(), rooms, people, open, Optional.empty());
    }

    private FindView onlyPeople(ChatRequest request, FindView nothing, String name) {
        List<User> people = profiles.people(request.user(), name, MAX_PEOPLE);
        return new FindView(
                nothing.page(), nothing.sidebar(), nothing.typed(), List.of(), people, List.of(), Optional.empty());
    }

    private List<User> others(ChatRequest request, String name, List<Membership> rooms) {
        List<User> partners =
                rooms.stream().flatMap(found -> found.room().partner().stream()).toList();
        return profiles.people(request.user(), name, MAX_RESULTS).stream()
                .filter(user ->
                        partners.stream().noneMatch(partner -> partner.id().equals(user.id())))
                .toList();
    }

    private List<RoomPreview> open(FindView view) {
        return memberships.openRooms(RoomSearch.of(view.typed()), Optional.<RoomId>empty()).items().stream()
                .filter(room -> !view.sidebar().contains(room.id()))
                .limit(MAX_RESULTS)
                .toList();
    }

    /** Returns where a room's name, or the username of a private chat, contains the text; -1 if nowhere. */
    private static int place(Room room, String name) {
        return Stream.concat(Stream.of(room.name()), room.partner().map(User::username).stream())
                .mapToInt(candidate -> comparable(candidate).indexOf(name))
                .filter(place -> place >= 0)
                .min()
                .orElse(-1);
    }

    /** Leaves out the @ before a username. */
    private static String comparable(String name) {
        String lower = NormalText.lowerCase(NormalText.name(name));
        return lower.startsWith("@") ? lower.substring(1) : lower;
    }

    private static FindView with(FindView view, Optional<String> refusal) {
        return new FindView(view.page(), view.sidebar(), view.typed(), List.of(), List.of(), List.of(), refusal);
    }
}
