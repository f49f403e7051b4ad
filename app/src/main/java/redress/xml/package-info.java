/** XML from outside, read so that it can neither reach out nor grow. */
@NullMarked
package redress.xml;

import org.jspecify.annotations.NullMarked;
