/** What is due: the runner that does it, and the test clocks that let time pass at will. */
@NullMarked
package redress.errand;

import org.jspecify.annotations.NullMarked;
