/** What was promised, held against what the books of others say was paid. */
@NullMarked
package redress.match;

import org.jspecify.annotations.NullMarked;
