/** Short messages: how long they get, and the networks and gateways that carry them. */
@NullMarked
package redress.sms;

import org.jspecify.annotations.NullMarked;
