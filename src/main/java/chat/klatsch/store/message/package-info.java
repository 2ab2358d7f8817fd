/** Stores messages by group commit, and searches them. Internal: changes without notice. */
@NullMarked
package chat.klatsch.store.message;

import org.jspecify.annotations.NullMarked;
