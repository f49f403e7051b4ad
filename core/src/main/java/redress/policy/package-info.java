/** The rule set: deadlines, limits and consequences as versioned data. */
@NullMarked
package redress.policy;

import org.jspecify.annotations.NullMarked;
