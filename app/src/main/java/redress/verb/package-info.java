/** What can be said about a dispute: one table of verbs, and how what somebody sent becomes a command. */
@NullMarked
package redress.verb;

import org.jspecify.annotations.NullMarked;
