/** Real books of other people, read as promises and payments so that the matcher can be held against them. */
@NullMarked
package redress.replay;

import org.jspecify.annotations.NullMarked;
