/**
 * The invariants, written by hand from the published process: they read events, ledger entries and the provider's
 * books, and never the rules they judge.
 */
@NullMarked
package redress.lab.judge;

import org.jspecify.annotations.NullMarked;
