/** Delivery: the rooms with connections on this node, their subscribers, and who is present. */
@NullMarked
package chat.klatsch.live;

import org.jspecify.annotations.NullMarked;
