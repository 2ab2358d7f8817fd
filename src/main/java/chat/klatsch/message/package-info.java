/** Messages: drafts, edits, replies, reactions, mentions, and the store that they need. */
@NullMarked
package chat.klatsch.message;

import org.jspecify.annotations.NullMarked;
