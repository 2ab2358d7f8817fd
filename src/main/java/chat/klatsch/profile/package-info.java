/** What users say about themselves: display name, text, avatar, time zone. */
@NullMarked
package chat.klatsch.profile;

import org.jspecify.annotations.NullMarked;
