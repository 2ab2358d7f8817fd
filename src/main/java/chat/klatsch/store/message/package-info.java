/** Messages and search in SQL, and the group commit that writes them. */
@NullMarked
package chat.klatsch.store.message;

import org.jspecify.annotations.NullMarked;
