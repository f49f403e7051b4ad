/** Alipay: payments and refunds of a merchant's account at its open platform. */
@NullMarked
package redress.alipay;

import org.jspecify.annotations.NullMarked;
