/** What people are told, in Chinese and English, and how it reaches them. */
@NullMarked
package redress.notify;

import org.jspecify.annotations.NullMarked;
