/** The HTTP API: the world's requests as commands, and disputes as each reader may see them. */
@NullMarked
package redress.api;

import org.jspecify.annotations.NullMarked;
