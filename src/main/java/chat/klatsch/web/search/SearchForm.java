package chat.klatsch.web.search;

import chat.klatsch.account.AccountService;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.room.Room;
import chat.klatsch.search.SearchFilter;
import chat.klatsch.web.http.ChatRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The search form as it was filled in.
 *
 * @param typed the query
 * @param room the room to which the search is limited
 * @param values the other filters by the name of their field, as typed, without those that are empty
 * @param errors the keys of the texts that say what is wrong with a filter, by the name of its field
 */
public record SearchForm(
        String typed,
        Optional<Room> room,
        Map<String, String> values,
        Map<String, String> errors,
        SearchFilter filter) {
    /** Reads the form. Days are those of the viewer's time zone. */
    static SearchForm of(ChatRequest request, Optional<Room> room, AccountService accounts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : new String[] {"from", "since", "until"}) {
            request.query(name)
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> values.put(name, value));
        }
        Map<String, String> errors = new HashMap<>();
        Optional<UserId> author = read(values, errors, "from", typed -> author(accounts, typed));
        Optional<LocalDate> since = read(values, errors, "since", SearchForm::day);
        Optional<LocalDate> until = read(values, errors, "until", SearchForm::day);
        if (since.isPresent() && until.filter(since.get()::isAfter).isPresent()) {
            errors.put("until", "refusal.dates.reversed");
        }
        ZoneId zone = request.times().zone();
        SearchFilter filter = new SearchFilter(
                room.map(Room::id),
                author,
                since.map(day -> start(day, zone)),
                until.map(day -> start(day.plusDays(1), zone)));
        return new SearchForm(request.query("q").orElse(""), room, values, errors, filter);
    }

    /** Returns what the field contains. */
    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    public Optional<String> error(String name) {
        return Optional.ofNullable(errors.get(name));
    }

    public boolean isOnly(RoomId id) {
        return room.filter(only -> only.id().equals(id)).isPresent();
    }

    /** Returns the form as the query of an address. */
    String query() {
        StringBuilder query = new StringBuilder("q=").append(encoded(typed));
        room.ifPresent(only -> query.append("&room=").append(only.id()));
        values.forEach(
                (name, value) -> query.append('&').append(name).append('=').append(encoded(value)));
        return query.toString();
    }

    private static <T> Optional<T> read(
            Map<String, String> values, Map<String, String> errors, String name, Function<String, Optional<T>> parse) {
        Optional<String> typed = Optional.ofNullable(values.get(name));
        Optional<T> read = typed.flatMap(parse);
        if (typed.isPresent() && read.isEmpty()) {
            errors.put(name, name.equals("from") ? "refusal.user.unknown" : "refusal.day");
        }
        return read;
    }

    private static Optional<UserId> author(AccountService accounts, String typed) {
        String username = typed.startsWith("@") ? typed.substring(1) : typed;
        return username.indexOf('\0') >= 0
                ? Optional.empty()
                : accounts.find(username).map(User::id);
    }

    private static Optional<LocalDate> day(String typed) {
        try {
            return typed.matches("\\d{4}-\\d{2}-\\d{2}") ? Optional.of(LocalDate.parse(typed)) : Optional.empty();
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
