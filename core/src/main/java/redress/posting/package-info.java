/** What each event of a dispute moves in the ledger. */
@NullMarked
package redress.posting;

import org.jspecify.annotations.NullMarked;
