/** Requests that this server sends to places others name, and where they must not lead. */
@NullMarked
package redress.outside;

import org.jspecify.annotations.NullMarked;
