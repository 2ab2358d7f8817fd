/** Stores messages by group commit, and searches them. */
@NullMarked
package chat.klatsch.store.message;

import org.jspecify.annotations.NullMarked;
