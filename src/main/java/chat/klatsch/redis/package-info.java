/** The event bus between nodes, over Redis publish/subscribe. */
@NullMarked
package chat.klatsch.redis;

import org.jspecify.annotations.NullMarked;
