/** The text that users have typed but not sent. */
@NullMarked
package chat.klatsch.draft;

import org.jspecify.annotations.NullMarked;
