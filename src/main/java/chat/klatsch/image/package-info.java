/** Decoding of uploaded images and encoding of avatars. */
@NullMarked
package chat.klatsch.image;

import org.jspecify.annotations.NullMarked;
