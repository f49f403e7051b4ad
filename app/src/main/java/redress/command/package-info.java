/** What can be typed after {@code ./redress}, one class per command. */
@NullMarked
package redress.command;

import org.jspecify.annotations.NullMarked;
