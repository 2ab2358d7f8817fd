/** The threads on which a chat works outside of requests. Internal: changes without notice. */
@NullMarked
package chat.klatsch.thread;

import org.jspecify.annotations.NullMarked;
