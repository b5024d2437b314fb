package io.adversight.study.image;

import java.util.OptionalInt;

/**
 * What tells an image from others of its name, known without decoding it.
 *
 * @param content the SHA-256 of its file, or its origin in words where it has none
 * @param label the class that it was given; empty where none was
 */
public record ImageIdentity(String content, OptionalInt label) {}
