/** Who is calling: API keys, party tokens, and what a stranger is told. */
@NullMarked
package redress.door;

import org.jspecify.annotations.NullMarked;
