/** What a file really is, whether it may come in as evidence, and what of it is shown. */
@NullMarked
package redress.admission;

import org.jspecify.annotations.NullMarked;
