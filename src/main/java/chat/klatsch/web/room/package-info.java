/** The room page: messages, composer, and the fragments that live updates send. Internal: changes without notice. */
@NullMarked
package chat.klatsch.web.room;

import org.jspecify.annotations.NullMarked;
