/** Files as evidence: how they come in, in whose hands they are, and how long they stay. */
@NullMarked
package redress.evidence;

import org.jspecify.annotations.NullMarked;
