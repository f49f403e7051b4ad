/** The program: its entry point and how its parts are put together. */
@NullMarked
package redress;

import org.jspecify.annotations.NullMarked;
