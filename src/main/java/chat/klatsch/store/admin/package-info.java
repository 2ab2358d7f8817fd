/** Stores what operators do and queries what they may see. */
@NullMarked
package chat.klatsch.store.admin;

import org.jspecify.annotations.NullMarked;
