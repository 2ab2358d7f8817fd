package chat.klatsch.core;

import java.util.EnumMap;
import java.util.Map;

/** Holds a value for each {@link Limit}. Immutable. */
public final class Limits {
    private static final Limits STANDARD = new Limits(new EnumMap<>(Limit.class));

    private final Map<Limit, Integer> chosen;

    private Limits(Map<Limit, Integer> chosen) {
        this.chosen = chosen;
    }

    public static Limits defaults() {
        return STANDARD;
    }

    /** @throws IllegalArgumentException for a negative value */
    public Limits with(Limit limit, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(limit.setting() + " is 0 (no limit) or more");
        }
        Map<Limit, Integer> changed = new EnumMap<>(Limit.class);
        changed.putAll(chosen);
        changed.put(limit, value);
        return new Limits(changed);
    }

    /** Returns the limit's value; zero means no limit. */
    public int of(Limit limit) {
        return chosen.getOrDefault(limit, limit.defaultValue());
    }

    /** Returns whether the count is above the limit. */
    public boolean exceeded(Limit limit, long count) {
        return of(limit) > 0 && count > of(limit);
    }

    /** @param length in code points @throws ChatException INVALID if a message of this length is too long */
    public void checkLength(int length) {
        if (exceeded(Limit.MESSAGE_LENGTH, length)) {
            throw new ChatException(
                    ChatException.Kind.INVALID, "refusal.message.long", length, of(Limit.MESSAGE_LENGTH));
        }
    }
}
