/** Verification of a settlement as pure functions of a case file. */
@NullMarked
package redress.check;

import org.jspecify.annotations.NullMarked;
