/** WebSocket connections: upgrade, sessions, bounded send queues, heartbeats, close codes. */
@NullMarked
package chat.klatsch.web.socket;

import org.jspecify.annotations.NullMarked;
