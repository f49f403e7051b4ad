/** What a reader may take away of a dispute, in one file that anybody can check without us. */
@NullMarked
package redress.bundle;

import org.jspecify.annotations.NullMarked;
