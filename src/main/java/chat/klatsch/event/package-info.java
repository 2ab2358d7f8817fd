/**
 * The event bus: notifications between the parts of a node and between nodes, and its in-process implementation.
 * Internal: changes without notice.
 */
@NullMarked
package chat.klatsch.event;

import org.jspecify.annotations.NullMarked;
