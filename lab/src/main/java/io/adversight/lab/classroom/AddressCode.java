package io.adversight.lab.classroom;

import io.nayuki.qrcodegen.QrCode;

/** The QR code of an address, as text and as image. */
public final class AddressCode {
  /** Light modules around the code, without which cameras do not find it (ISO/IEC 18004). */
  private static final int QUIET = 4;

  /** In a terminal, whose lines are dear. */
  private static final int QUIET_TEXT = 2;

  private static final String BLACK_ON_WHITE = "\u001b[30;47m";
  private static final String RESET = "\u001b[0m";

  private final QrCode code;

  private AddressCode(QrCode code) {
    this.code = code;
  }

  /** Of an address; one seventh of it may be unreadable. */
  public static AddressCode of(String address) {
    return new AddressCode(QrCode.encodeText(address, QrCode.Ecc.MEDIUM));
  }

  /**
   * Lines of half blocks, two modules high.
   *
   * @param coloured whether the terminal takes colours: black on white then, else light modules are
   *     printed, as most terminals are dark
   */
  public String text(boolean coloured) {
    StringBuilder text = new StringBuilder();
    int end = code.size + QUIET_TEXT;
    for (int y = -QUIET_TEXT; y < end; y += 2) {
      text.append(coloured ? BLACK_ON_WHITE : "");
      for (int x = -QUIET_TEXT; x < end; x++) {
        text.append(block(code.getModule(x, y) == coloured, code.getModule(x, y + 1) == coloured));
      }
      text.append(coloured ? RESET : "").append('\n');
    }
    return text.toString();
  }

  private static char block(boolean upper, boolean lower) {
    if (upper) {
      return lower ? '\u2588' : '\u2580';
    }
    return lower ? '\u2584' : ' ';
  }

  /** An SVG image, one unit per module, black on white in every theme. */
  public String svg() {
    int side = code.size + 2 * QUIET;
    StringBuilder dark = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          dark.append("M%s %sh1v1h-1z".formatted(x + QUIET, y + QUIET));
        }
      }
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" shape-rendering="crispEdges">\
    <path fill="#fff" d="M0 0h%sv%sH0z"/><path d="%s"/></svg>
    """
        .formatted(side, side, side, side, dark);
  }
}
