/**
 * The pages: what the API knows and takes, for people with a browser. A page reads the same views and says the same
 * verbs; it works without scripts.
 */
@NullMarked
package redress.web;

import org.jspecify.annotations.NullMarked;
