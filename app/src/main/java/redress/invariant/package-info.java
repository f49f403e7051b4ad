/** What must always hold, asked of the database itself: by SQL of its own, never by the rules it judges. */
@NullMarked
package redress.invariant;

import org.jspecify.annotations.NullMarked;
