/** User profiles: display name, text, avatar and time zone. */
@NullMarked
package chat.klatsch.profile;

import org.jspecify.annotations.NullMarked;
