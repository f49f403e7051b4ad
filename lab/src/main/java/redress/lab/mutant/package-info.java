/** Mistakes planted on purpose, to see which invariant notices. */
@NullMarked
package redress.lab.mutant;

import org.jspecify.annotations.NullMarked;
