/**
 * Connections while they carry requests: their deadlines, their number by network, and the bodies of requests. {@link
 * chat.klatsch.web.connection.RequestDeadlines} is part of the API; the rest is internal and changes without notice.
 */
@NullMarked
package chat.klatsch.web.connection;

import org.jspecify.annotations.NullMarked;
