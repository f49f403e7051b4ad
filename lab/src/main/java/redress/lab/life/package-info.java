/** Random lives of payments and their disputes in a simulated world. */
@NullMarked
package redress.lab.life;

import org.jspecify.annotations.NullMarked;
