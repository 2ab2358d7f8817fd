/** HTTP for all routes: access control, requests, sessions, uploads, rate limits, errors and health checks. */
@NullMarked
package chat.klatsch.web.http;

import org.jspecify.annotations.NullMarked;
