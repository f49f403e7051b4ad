/** Statement files of providers and banks: found out by what they hold, and read into records, line by line. */
@NullMarked
package redress.statement;

import org.jspecify.annotations.NullMarked;
