/** Canonical bytes, the hash chain and the Merkle tree that make the record tamper-evident. */
@NullMarked
package redress.seal;

import org.jspecify.annotations.NullMarked;
