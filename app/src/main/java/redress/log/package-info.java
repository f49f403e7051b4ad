/** The log nobody can rewrite: its one sequencer, checkpoints, proofs, and whoever outside keeps what was published. */
@NullMarked
package redress.log;

import org.jspecify.annotations.NullMarked;
