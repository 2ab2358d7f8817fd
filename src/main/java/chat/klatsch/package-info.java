/** Klatsch as a program and as a library: starting it, configuring it, and all its wiring. */
@NullMarked
package chat.klatsch;

import org.jspecify.annotations.NullMarked;
