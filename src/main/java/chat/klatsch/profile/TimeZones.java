package chat.klatsch.profile;

import chat.klatsch.core.ChatException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The time zones that users can choose, grouped by region. */
public final class TimeZones {
    /** UTC, the zone of users who have not chosen one. */
    public static final ZoneId DEFAULT = ZoneId.of("UTC");

    private static final Map<String, Set<String>> BY_REGION = ZoneId.getAvailableZoneIds().stream()
            .filter(name ->
                    name.matches("(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+"))
            .collect(Collectors.groupingBy(
                    name -> name.substring(0, name.indexOf('/')), TreeMap::new, Collectors.toCollection(TreeSet::new)));

    private TimeZones() {}

    public static List<String> regions() {
        return List.copyOf(BY_REGION.keySet());
    }

    /** The names of a region's zones in alphabetical order. */
    public static List<String> in(String region) {
        return List.copyOf(BY_REGION.getOrDefault(region, Set.of()));
    }

    /** Returns whether users can choose a zone. */
    public static boolean isKnown(ZoneId zone) {
        return zone.equals(DEFAULT) || isKnown(zone.getId());
    }

    static boolean isKnown(String name) {
        return BY_REGION.values().stream().anyMatch(names -> names.contains(name));
    }

    /** Returns the zone with this name; blank means UTC. @throws ChatException INVALID for an unknown name */
    static ZoneId named(String name) {
        if (name.isBlank() || name.equals(DEFAULT.getId())) {
            return DEFAULT;
        }
        if (!isKnown(name)) {
            throw ChatException.invalid("refusal.zone");
        }
        return ZoneId.of(name);
    }
}
