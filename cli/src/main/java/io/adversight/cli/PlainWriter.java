package io.adversight.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Everything the program prints goes through here: names of files, layers and classes come from
 * elsewhere and may hold terminal escapes. Control characters but line ends and tabs, and marks
 * that turn the direction of writing, become question marks.
 */
final class PlainWriter extends FilterWriter {
  PlainWriter(Writer out) {
    super(out);
  }

  /** The text without control characters; line ends and tabs stay. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      plain.append(plain(text.charAt(i)));
    }
    return plain.toString();
  }

  private static char plain(int character) {
    boolean stays =
        character == '\n'
            || character == '\t'
            || (character == '\r' && System.lineSeparator().startsWith("\r"));
    boolean turns =
        (character >= 0x202a && character <= 0x202e)
            || (character >= 0x2066 && character <= 0x2069);
    return !stays && (Character.isISOControl(character) || turns) ? '?' : (char) character;
  }

  @Override
  public void write(int character) throws IOException {
    out.write(plain(character));
  }

  @Override
  public void write(char[] characters, int offset, int length) throws IOException {
    out.write(plain(new String(characters, offset, length)));
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    out.write(plain(text.substring(offset, offset + length)));
  }
}
