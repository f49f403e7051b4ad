/** Every reachable state of a small world. */
@NullMarked
package redress.lab.explore;

import org.jspecify.annotations.NullMarked;
