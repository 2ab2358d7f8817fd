/**
 * Search in the messages of a user's own rooms. Uses no libraries beyond the JDK, JSpecify and SLF4J. Internal:
 * changes without notice.
 */
@NullMarked
package chat.klatsch.search;

import org.jspecify.annotations.NullMarked;
