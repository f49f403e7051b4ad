/** Accounts at PayPal, over its REST API. */
@NullMarked
package redress.paypal;

import org.jspecify.annotations.NullMarked;
