/**
 * Pages about rooms: listing, creating, joining and leaving them, their members and their settings. Internal: changes
 * without notice.
 */
@NullMarked
package chat.klatsch.web.membership;

import org.jspecify.annotations.NullMarked;
