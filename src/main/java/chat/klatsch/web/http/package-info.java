/**
 * HTTP for all routes: access control, requests, sessions, uploads, rate limits, errors and health checks. Internal:
 * changes without notice.
 */
@NullMarked
package chat.klatsch.web.http;

import org.jspecify.annotations.NullMarked;
