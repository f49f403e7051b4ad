/** Bytes: files kept by their hash, on a disk or in an object store. */
@NullMarked
package redress.vault;

import org.jspecify.annotations.NullMarked;
