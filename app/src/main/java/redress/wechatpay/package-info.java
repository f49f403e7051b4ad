/** WeChat Pay: payments and refunds of a merchant at its API v3. */
@NullMarked
package redress.wechatpay;

import org.jspecify.annotations.NullMarked;
