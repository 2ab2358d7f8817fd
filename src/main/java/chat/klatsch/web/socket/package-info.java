/**
 * WebSocket connections: upgrade, sessions, bounded send queues, heartbeats, close codes. {@link
 * chat.klatsch.web.socket.HeartbeatSettings} is part of the API; the rest is internal and changes without notice.
 */
@NullMarked
package chat.klatsch.web.socket;

import org.jspecify.annotations.NullMarked;
