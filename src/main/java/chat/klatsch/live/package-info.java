/**
 * Delivery: the rooms with connections on this node, their subscribers, and presence. Internal: changes without
 * notice.
 */
@NullMarked
package chat.klatsch.live;

import org.jspecify.annotations.NullMarked;
