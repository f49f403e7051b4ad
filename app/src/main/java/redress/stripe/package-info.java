/** Accounts at Stripe, through its own SDK. */
@NullMarked
package redress.stripe;

import org.jspecify.annotations.NullMarked;
