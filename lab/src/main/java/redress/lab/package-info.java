/** Tools that prove and measure: simulate, explore, mutants, bench. */
@NullMarked
package redress.lab;

import org.jspecify.annotations.NullMarked;
