/** The one door every command goes through. */
@NullMarked
package redress.desk;

import org.jspecify.annotations.NullMarked;
