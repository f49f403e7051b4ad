/** Providers that hold the money, and the built-in wallet with books of its own. */
@NullMarked
package redress.connect;

import org.jspecify.annotations.NullMarked;
