package io.adversight.lab.classroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.ChecksumException;
import com.google.zxing.FormatException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another library reads what is drawn. */
class AddressCodeTest {
  private static final String ADDRESS =
      "http://192.168.178.42:7272/?token=3q2-7wAAAAAAAAAAAAAAAAAA";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theTextIsTheAddress(boolean coloured) throws ChecksumException, FormatException {
    List<String> lines =
        AddressCode.of(ADDRESS).text(coloured).replaceAll("\u001b\\[[0-9;]*m", "").lines().toList();
    int width = lines.get(0).length();
    assertThat(lines).allMatch(line -> line.length() == width);
    boolean[][] dark = new boolean[2 * lines.size()][width];
    for (int y = 0; y < dark.length; y++) {
      for (int x = 0; x < width; x++) {
        char block = lines.get(y / 2).charAt(x);
        boolean filled = block == '\u2588' || block == (y % 2 == 0 ? '\u2580' : '\u2584');
        dark[y][x] = filled == coloured;
      }
    }
    int side = width - 4;
    boolean[][] code = new boolean[side][side];
    for (int y = 0; y < side; y++) {
      System.arraycopy(dark[y + 2], 2, code[y], 0, side);
    }
    assertThat(new Decoder().decode(code).getText()).isEqualTo(ADDRESS);
  }

  @ParameterizedTest
  @ValueSource(strings = {ADDRESS, "http://[fe80::1]:7272/?token=x"})
  void theImageIsTheAddress(String address) throws ChecksumException, FormatException {
    String svg = AddressCode.of(address).svg();
    Matcher box = Pattern.compile("viewBox=\"0 0 ([0-9]+) ").matcher(svg);
    assertThat(box.find()).isTrue();
    int side = Integer.parseInt(box.group(1)) - 8;
    BitMatrix code = new BitMatrix(side);
    Matcher modules = Pattern.compile("M([0-9]+) ([0-9]+)h1v1h-1z").matcher(svg);
    while (modules.find()) {
      code.set(Integer.parseInt(modules.group(1)) - 4, Integer.parseInt(modules.group(2)) - 4);
    }
    assertThat(new Decoder().decode(code).getText()).isEqualTo(address);
  }
}
