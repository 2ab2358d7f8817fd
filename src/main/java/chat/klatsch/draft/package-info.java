/** The text that users have typed but not sent. Internal: changes without notice. */
@NullMarked
package chat.klatsch.draft;

import org.jspecify.annotations.NullMarked;
