/**
 * Stores everything in H2 or PostgreSQL with Jdbi. Each statement stands beside the method that runs it. Internal:
 * changes without notice.
 */
@NullMarked
package chat.klatsch.store;

import org.jspecify.annotations.NullMarked;
