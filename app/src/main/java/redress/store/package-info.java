/** PostgreSQL: the journal and everything else that is kept. */
@NullMarked
package redress.store;

import org.jspecify.annotations.NullMarked;
