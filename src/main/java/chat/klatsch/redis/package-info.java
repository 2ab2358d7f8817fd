/** The event bus between nodes, over Redis publish/subscribe. Internal: changes without notice. */
@NullMarked
package chat.klatsch.redis;

import org.jspecify.annotations.NullMarked;
