package chat.klatsch.profile;

import chat.klatsch.core.ChatException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The time zones that one can live in, by the places that they are named after. */
public final class TimeZones {
    /** UTC, in which everybody lives who has not said otherwise. */
    public static final ZoneId STANDARD = ZoneId.of("UTC");

    private static final Map<String, Set<String>> BY_REGION = ZoneId.getAvailableZoneIds().stream()
            .filter(name ->
                    name.matches("(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+"))
            .collect(Collectors.groupingBy(
                    name -> name.substring(0, name.indexOf('/')), TreeMap::new, Collectors.toCollection(TreeSet::new)));

    private TimeZones() {}

    public static List<String> regions() {
        return List.copyOf(BY_REGION.keySet());
    }

    /** The names of a region's zones, in their order. */
    public static List<String> in(String region) {
        return List.copyOf(BY_REGION.getOrDefault(region, Set.of()));
    }

    /** @throws ChatException INVALID for a name that is none of these; blank is UTC */
    public static ZoneId named(String name) {
        if (name.isBlank() || name.equals(STANDARD.getId())) {
            return STANDARD;
        }
        if (BY_REGION.values().stream().noneMatch(names -> names.contains(name))) {
            throw new ChatException(ChatException.Kind.INVALID, "Please choose a time zone from the list.");
        }
        return ZoneId.of(name);
    }
}
