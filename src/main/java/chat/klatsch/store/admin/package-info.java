/** Stores what operators do and queries what they may see. Internal: changes without notice. */
@NullMarked
package chat.klatsch.store.admin;

import org.jspecify.annotations.NullMarked;
