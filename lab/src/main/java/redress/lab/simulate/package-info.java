/** Many lives, counted, timed, and told in words when one goes wrong. */
@NullMarked
package redress.lab.simulate;

import org.jspecify.annotations.NullMarked;
