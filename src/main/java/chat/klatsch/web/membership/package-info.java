/** Pages about rooms: listing, creating, joining and leaving them, their members and their settings. */
@NullMarked
package chat.klatsch.web.membership;

import org.jspecify.annotations.NullMarked;
