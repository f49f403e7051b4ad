/**
 * The result of a dispute as a signed record that anyone can verify: as JSON, on paper, and as a public certificate.
 */
@NullMarked
package redress.result;

import org.jspecify.annotations.NullMarked;
