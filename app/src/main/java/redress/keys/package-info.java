/** The keys this platform signs with: the log's checkpoints and the result records. */
@NullMarked
package redress.keys;

import org.jspecify.annotations.NullMarked;
