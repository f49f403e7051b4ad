/** Notices that browsers show although no page is open. */
@NullMarked
package redress.push;

import org.jspecify.annotations.NullMarked;
