/** How often anybody may ask, held by all servers together. */
@NullMarked
package redress.limit;

import org.jspecify.annotations.NullMarked;
