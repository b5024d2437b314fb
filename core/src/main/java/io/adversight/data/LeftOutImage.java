package io.adversight.data;

/**
 * An image of a source that does not take part.
 *
 * @param name what it is called
 * @param reason why, in words
 */
public record LeftOutImage(String name, String reason) {}
