/** Measures what a command costs, beside a plain baseline on the same machine in the same minute. */
@NullMarked
package redress.lab.bench;

import org.jspecify.annotations.NullMarked;
