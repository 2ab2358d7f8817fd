/** The tables of drafts. Internal: changes without notice. */
@NullMarked
package chat.klatsch.store.draft;

import org.jspecify.annotations.NullMarked;
