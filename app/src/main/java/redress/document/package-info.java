/** What a document says, as far as a machine can read it: amounts, days and references, each with its place. */
@NullMarked
package redress.document;

import org.jspecify.annotations.NullMarked;
