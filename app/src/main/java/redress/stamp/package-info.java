/** Time stamps by an authority outside, as RFC 3161 has them. */
@NullMarked
package redress.stamp;

import org.jspecify.annotations.NullMarked;
