/** Amounts, accounts and transfers that balance or cannot be built. */
@NullMarked
package redress.money;

import org.jspecify.annotations.NullMarked;
