/** What all routes need of HTTP: sessions, forms, uploads, rate limits, errors, health checks. */
@NullMarked
package chat.klatsch.web.http;

import org.jspecify.annotations.NullMarked;
