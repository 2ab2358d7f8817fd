/** What the chat tells whoever runs it: the first and last lines of its log, and a check of its surroundings. */
@NullMarked
package chat.klatsch.operation;

import org.jspecify.annotations.NullMarked;
