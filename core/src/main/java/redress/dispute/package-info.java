/** The dispute: what can be said, what can happen, where it can stand, and the rules that decide. */
@NullMarked
package redress.dispute;

import org.jspecify.annotations.NullMarked;
