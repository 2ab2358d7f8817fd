/** The tables of drafts. */
@NullMarked
package chat.klatsch.store.draft;

import org.jspecify.annotations.NullMarked;
