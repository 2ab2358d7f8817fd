/** Connections while they carry requests: their deadlines, their number by network, and the bodies of requests. */
@NullMarked
package chat.klatsch.web.connection;

import org.jspecify.annotations.NullMarked;
