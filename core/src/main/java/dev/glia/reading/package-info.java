/**
 * From a table that nobody prepared to one that a network can learn from: which columns hold
 * numbers, words or dates, what is missing, what to predict, and a line for every guess.
 */
@org.jspecify.annotations.NullMarked
package dev.glia.reading;
