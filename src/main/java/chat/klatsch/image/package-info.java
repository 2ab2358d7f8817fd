/** Decoding of uploaded images and encoding of avatars. Internal: changes without notice. */
@NullMarked
package chat.klatsch.image;

import org.jspecify.annotations.NullMarked;
