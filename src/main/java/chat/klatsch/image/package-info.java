/** Reading and re-encoding uploaded images. */
@NullMarked
package chat.klatsch.image;

import org.jspecify.annotations.NullMarked;
