/** PostgreSQL itself: the embedded server that Redress starts and keeps, and what any database must be fit for. */
@NullMarked
package redress.postgres;

import org.jspecify.annotations.NullMarked;
