/** Stores what programs around the chat ask for. Internal: changes without notice. */
@NullMarked
package chat.klatsch.store.program;

import org.jspecify.annotations.NullMarked;
