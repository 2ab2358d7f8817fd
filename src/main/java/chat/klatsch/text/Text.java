package chat.klatsch.text;

import java.io.Serializable;

/**
 * A text whose reader's language is not known yet.
 *
 * @param key its name in the resource bundles
 * @param arguments strings, numbers and further texts
 */
public record Text(String key, Serializable... arguments) implements Serializable {}
