/** What one reader sees of a dispute, in words and figures: the same for programs and for pages. */
@NullMarked
package redress.view;

import org.jspecify.annotations.NullMarked;
