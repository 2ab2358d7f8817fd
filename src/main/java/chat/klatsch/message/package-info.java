/**
 * Messages: drafts, edits, replies, reactions, mentions, and the store that they need. {@link
 * chat.klatsch.message.Message} and what it consists of are part of the API; the rest is internal and changes without
 * notice.
 */
@NullMarked
package chat.klatsch.message;

import org.jspecify.annotations.NullMarked;
