package io.adversight.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
  /** 3 x 2 lossless: red, green, blue / (10, 20, 30), white, black. */
  private static final String LOSSLESS_WEBP =
      "UklGRjgAAABXRUJQVlA4TCsAAAAvAkAAAC8gECCI8J9qQ0iQ0P2/V4EAQYn/SvMfIDY5tgoEAmSIFi0i+h85AA==";

  /** 16 x 8, all near (201, 100, 52). */
  private static final String LOSSY_WEBP =
      "UklGRjYAAABXRUJQVlA4ICoAAACwAQCdASoQAAgAAoBCJaACdLoABQIAAP5vH/uOwN16g//kp/Xd5RcvAAA=";

  /** 2 x 1: red with alpha 128, opaque blue. */
  private static final String ALPHA_WEBP = "UklGRh4AAABXRUJQVlA4TBIAAAAvAQAAEA8Q87//D/wPBxnR/wA=";

  /** 4 x 2: a blue frame, then a red one. */
  private static final String ANIMATED_WEBP =
      "UklGRoQAAABXRUJQVlA4WAoAAAACAAAAAwAAAQAAQU5JTQYAAAAAAAAAAABBTk1GKAAAAAAAAAAAAAMAAAEAADIA"
          + "AAJWUDhMDwAAAC8DQAAABxDR//4HIqL/AQBBTk1GKAAAAAAAAAAAAAMAAAEAADIAAABWUDhMDwAAAC8DQAAA"
          + "BxD9j/4HIqL/AQA=";

  /** 48 x 48 grey waves on a chequerboard, so lossy that each block leans on its neighbours. */
  private static final String WAVES_WEBP =
      "UklGRkIBAABXRUJQVlA4IDYBAACwCACdASowADAAPu02rVapoiSklVEwHYlpABRx/Wve/WWrf/T+HAPL/PgSjE"
          + "G1IkkwlVt/zjU2otnkiTWcgAjxZi7W3hGHFI9g4cZewJAA/mtz91FXwJPH63tvUOZsUpSyt586Y4IMSESxVdS/"
          + "i72FojCTmpC663css6zCLm7cFAOi1vPI1Y1H3CHjCfCMBEh9uMvOSwriCvzDkL4xHi3ZjKi9R/4HPa7mweMFbE"
          + "jnPv0CheBbaUPybXR1rD5GidRigenVGqasDZRxDeSbMNUtTgPTHqMLP9gS3t3WphGz+AisIdogIvgQOZS+PTcA"
          + "1lmbPg3diuvBXNvHZ48XeFgx6jiXd9A7BuplVevg+/1UymKStsUPhNeEygE/29c/e0v5UIWa39KUPjRe6vKygq"
          + "1JaZSm9AAA";

  /** 8 x 8 red in inverted Adobe CMYK. */
  private static final String CMYK_JPEG =
      "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcG"
          + "BggLCAkKCgoKCgYICwwLCgwJCgoK/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAA"
          + "AAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEV"
          + "UtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SF"
          + "hoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz"
          + "9PX29/j5+v/aAA4EQwBNAFkASwAAPwD9/K/n/r+f+v38r//Z";

  /** 8 x 8, grey level 77, progressive. */
  private static final String PROGRESSIVE_JPEG =
      "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJ"
          + "BwYGCAsICQoKCgoKBggLDAsKDAkKCgr/wgALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAB//aAAgB"
          + "AQAAAAEZ/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABBQJ//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/a"
          + "AAgBAQAGPwJ//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPyF//9oACAEBAAAAEH//xAAUEAEAAAAA"
          + "AAAAAAAAAAAAAAAA/9oACAEBAAE/EH//2Q==";

  @TempDir private Path folder;

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static Raster read(byte[] bytes) {
    return ImageFiles.read(bytes, "image", ImageFiles.DEFAULT_MAX_PIXELS);
  }

  private static Raster noise(int channels, int height, int width, long seed) {
    Random random = new Random(seed);
    return Raster.generate(channels, height, width, (c, y, x) -> random.nextFloat());
  }

  private static float[] levels(int... levels) {
    float[] values = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      values[i] = levels[i] / 255f;
    }
    return values;
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void readsBackWhatEightBitsKeep(int channels) {
    Raster image = noise(channels, 7, 5, 1);
    Path file = folder.resolve("new/folder/image.png");
    ImageFiles.writePng(image, file);
    assertThat(ImageFiles.read(file)).isEqualTo(image.quantized()).isNotEqualTo(image);
  }

  @Test
  void writesAnEightBitImageWithoutLoss() {
    Raster all =
        Raster.generate(3, 16, 16, (c, y, x) -> (float) ((y * 16 + x + 85 * c) % 256) / 255f);
    assertThat(read(ImageFiles.png(all))).isEqualTo(all);
  }

  @Test
  void clampsAndRoundsHalvesToEven() {
    Raster image = Raster.map(1, 6, new float[] {-1, 2, 0.5f, 0.5f / 255, 1.5f / 255, Float.NaN});
    assertThat(image.quantized().toArray()).isEqualTo(levels(0, 255, 128, 0, 2, 0));
    assertThat(read(ImageFiles.png(image))).isEqualTo(image.quantized());
  }

  @Test
  void leavesNothingHalfWrittenBehind() throws IOException {
    Path occupied = folder.resolve("occupied.png");
    Files.createDirectories(occupied.resolve("inside"));
    assertThatThrownBy(() -> ImageFiles.writePng(noise(3, 2, 2, 2), occupied))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("occupied.png cannot be written");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(occupied);
    }
  }

  @Test
  void readsSixteenBits() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 12345, 65535});
    assertThat(read(encoded(image, "png")))
        .isEqualTo(Raster.map(1, 3, new float[] {0, 12345 / 65535f, 1}));
  }

  @Test
  void putsTransparencyOverWhite() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00123456);
    image.setRGB(1, 0, 0xff0a141e);
    image.setRGB(2, 0, 0x66ff0000); // alpha 0.4
    float[] values = read(encoded(image, "png")).toArray();
    float[] expected = {1, 10 / 255f, 1, 1, 20 / 255f, 0.6f, 1, 30 / 255f, 0.6f};
    assertThat(values).containsExactly(expected, within(1e-6f));
    assertThat(values[1]).isEqualTo(10 / 255f);
  }

  @Test
  void readsPalettesAndTheirTransparentEntry() throws IOException {
    byte[] red = {10, (byte) 200, 0};
    byte[] green = {20, (byte) 100, 0};
    byte[] blue = {30, 50, 0};
    IndexColorModel palette = new IndexColorModel(8, 3, red, green, blue, 2);
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 1, 2});
    Raster expected = Raster.of(3, 1, 3, levels(10, 200, 255, 20, 100, 255, 30, 50, 255));
    assertThat(read(encoded(image, "png"))).isEqualTo(expected);
    assertThat(read(encoded(image, "gif"))).isEqualTo(expected);
  }

  @Test
  void readsGreyOfFewBitsAsOneChannel() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.getRaster().setSample(1, 0, 0, 1);
    assertThat(read(encoded(image, "png"))).isEqualTo(Raster.map(1, 2, new float[] {0, 1}));
  }

  @Test
  void honoursTheTransparentColourOfAPng() {
    byte[] png = ImageFiles.png(Raster.of(3, 1, 2, levels(9, 1, 8, 2, 7, 3)));
    byte[] transparent = PngChunks.inserted(png, "IDAT", "tRNS", new byte[] {0, 9, 0, 8, 0, 7});
    assertThat(read(transparent)).isEqualTo(Raster.of(3, 1, 2, levels(255, 1, 255, 2, 255, 3)));
  }

  @Test
  void readsBmp() throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x010203);
    image.setRGB(1, 0, 0x040506);
    image.setRGB(0, 1, 0x070809);
    image.setRGB(1, 1, 0xfffefd);
    assertThat(read(encoded(image, "bmp")))
        .isEqualTo(Raster.of(3, 2, 2, levels(1, 4, 7, 255, 2, 5, 8, 254, 3, 6, 9, 253)));
  }

  @Test
  void readsWebp() {
    assertThat(read(bytes(LOSSLESS_WEBP)))
        .isEqualTo(
            Raster.of(
                3,
                2,
                3,
                levels(255, 0, 0, 10, 255, 0, 0, 255, 0, 20, 255, 0, 0, 0, 255, 30, 255, 0)));
    Raster lossy = read(bytes(LOSSY_WEBP));
    assertThat(lossy.toString()).isEqualTo("Raster(3, 8, 16)");
    assertThat(lossy.at(0, 4, 8)).isCloseTo(201 / 255f, within(3 / 255f));
    assertThat(lossy.at(2, 4, 8)).isCloseTo(52 / 255f, within(3 / 255f));
    float half = 1 - 128 / 255f;
    assertThat(read(bytes(ALPHA_WEBP)).toArray())
        .containsExactly(new float[] {1, 0, half, 0, half, 1}, within(1e-6f));
  }

  @Test
  void predictsLossyWebpFromUnfilteredPixels() {
    int[][] expected = { // every ninth pixel of every ninth row, green, from libwebp
      {130, 239, 133, 70, 192, 190},
      {157, 149, 128, 140, 179, 130},
      {155, 65, 151, 208, 100, 97},
      {123, 98, 184, 185, 77, 127},
      {123, 192, 137, 95, 153, 170},
      {157, 200, 92, 98, 226, 161}
    };
    Raster image = read(bytes(WAVES_WEBP));
    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 6; x++) {
        assertThat(image.at(1, 9 * y, 9 * x)).isEqualTo(expected[y][x] / 255f);
      }
    }
  }

  @Test
  void readsTheFirstFrameOfAnAnimatedWebp() {
    assertThat(read(bytes(ANIMATED_WEBP)))
        .isEqualTo(Raster.generate(3, 2, 4, (c, y, x) -> c == 2 ? 1 : 0));
  }

  @Test
  void readsCmykAndProgressiveJpeg() {
    float[] red = {1, 0, 0};
    Raster cmyk = read(bytes(CMYK_JPEG));
    assertThat(cmyk.channels()).isEqualTo(3);
    for (int c = 0; c < 3; c++) {
      assertThat(cmyk.at(c, 3, 3)).isCloseTo(red[c], within(0.2f));
    }
    Raster grey = read(bytes(PROGRESSIVE_JPEG));
    assertThat(grey).isEqualTo(Raster.generate(1, 8, 8, (c, y, x) -> 77 / 255f));
  }

  /** Where the corners of the stored image stand, from the words of EXIF 2.32, table 6. */
  @ParameterizedTest
  @CsvSource({
    "1, ABCD", "2, BADC", "3, DCBA", "4, CDAB", "5, ACBD", "6, CADB", "7, DBCA", "8, BDAC",
    "9, ABCD"
  })
  void appliesTheOrientationOfAJpeg(int tag, String corners) throws IOException {
    float[] greys = {0.1f, 0.4f, 0.6f, 0.9f};
    Raster stored = Raster.generate(1, 16, 32, (c, y, x) -> greys[(y / 8) * 2 + x / 16]);
    byte[] jpeg = encoded(ImageFiles.buffered(stored), "jpeg");
    byte[] exif = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      0x01,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) tag,
      0,
      0,
      0,
      0,
      0,
      0
    };
    ByteArrayOutputStream tagged = new ByteArrayOutputStream();
    tagged.write(jpeg, 0, 2);
    tagged.writeBytes(exif);
    tagged.write(jpeg, 2, jpeg.length - 2);
    Raster image = read(tagged.toByteArray());
    boolean turned = tag >= 5 && tag <= 8;
    assertThat(image.width()).isEqualTo(turned ? 16 : 32);
    assertThat(image.height()).isEqualTo(turned ? 32 : 16);
    for (int i = 0; i < 4; i++) {
      int y = i / 2 == 0 ? 2 : image.height() - 3;
      int x = i % 2 == 0 ? 2 : image.width() - 3;
      assertThat(image.at(0, y, x)).isCloseTo(greys[corners.charAt(i) - 'A'], within(0.05f));
    }
  }

  @Test
  void placesTheFirstGifFrameOnTheWhiteScreen() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    byte[] gif = encoded(image, "gif");
    gif[6] = 4; // the screen is 4 x 3
    gif[8] = 3;
    int frame = 13 + (3 << ((gif[10] & 7) + 1));
    while (gif[frame] != 0x2c) {
      frame++;
    }
    gif[frame + 1] = 1;
    gif[frame + 3] = 2;
    assertThat(read(gif))
        .isEqualTo(Raster.generate(3, 3, 4, (c, y, x) -> y == 2 && (x == 1 || x == 2) ? 0 : 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 17})
  void putsTheRowsOfAnInterlacedGifInOrder(int height) throws IOException {
    Raster rows = Raster.generate(1, height, 2, (c, y, x) -> 15 * y / 255f);
    byte[] gif = encoded(ImageFiles.buffered(rows.toRgb()), "gif"); // the JDK writes interlaced
    assertThat(read(gif)).isEqualTo(rows.toRgb());
  }

  @Test
  void saysWhatIsWrongWithAPath() throws IOException {
    assertThatThrownBy(() -> ImageFiles.read(folder.resolve("none.png")))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageEndingWith(
            "none.png: expected an image file, but there is none of this name; check the path");
    assertThatThrownBy(() -> ImageFiles.read(folder))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("this is a folder");
    Path text = Files.writeString(folder.resolve("text.jpg"), "Hello\nworld, this is no image");
    assertThatThrownBy(() -> ImageFiles.read(text))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("it is text that begins with \"Hello world")
        .message()
        .doesNotContain("\n");
    Path empty = Files.createFile(folder.resolve("empty.png"));
    assertThatThrownBy(() -> ImageFiles.read(empty))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("the file is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp", "webp", "progressive", "npy"})
  void refusesEveryTruncation(String format) throws IOException {
    byte[] whole =
        switch (format) {
          case "webp" -> bytes(LOSSLESS_WEBP);
          case "progressive" -> bytes(PROGRESSIVE_JPEG);
          case "npy" -> Npy.bytes(noise(3, 9, 8, 3));
          default -> encoded(ImageFiles.buffered(noise(3, 9, 8, 3)), format);
        };
    assertThat(read(whole).channels()).isPositive();
    int last =
        format.equals("gif") ? whole.length - 2 : whole.length - 1; // the GIF trailer may lack
    for (int length = 0; length < last; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(part)).isInstanceOf(ImageFormatException.class);
    }
  }

  @Test
  void refusesAJpegWhoseDataStopBeforeItsEndMarker() throws IOException {
    byte[] whole = encoded(ImageFiles.buffered(noise(3, 64, 64, 4)), "jpeg");
    byte[] part = Arrays.copyOf(whole, whole.length / 2);
    part[part.length - 2] = (byte) 0xff;
    part[part.length - 1] = (byte) 0xd9;
    assertThatThrownBy(() -> read(part)).isInstanceOf(ImageFormatException.class);
  }

  @Test
  void refusesAPngWhoseDataStopEarly() {
    byte[] whole = ImageFiles.png(noise(3, 64, 64, 5));
    byte[] part = PngChunks.shortened(whole, "IDAT");
    assertThatThrownBy(() -> read(part)).isInstanceOf(ImageFormatException.class);
  }

  @Test
  void checksThePixelCountBeforeDecoding() {
    byte[] png = PngChunks.sized(ImageFiles.png(noise(1, 4, 4, 6)), 60000, 60000);
    assertThatThrownBy(() -> read(png))
        .isInstanceOf(ImageFormatException.class)
        .hasMessage(
            "image: expected at most 100,000,000 pixels, but the image has 60000 x 60000;"
                + " shrink it or raise the pixel limit");
    byte[] small = ImageFiles.png(noise(1, 4, 4, 6));
    assertThatThrownBy(() -> ImageFiles.read(small, "small", 15))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("at most 15 pixels");
    assertThat(ImageFiles.read(small, "small", 16).width()).isEqualTo(4);
  }

  @Test
  void refusesAJpegOfManyScansBeforeDecoding() {
    byte[] whole = bytes(PROGRESSIVE_JPEG);
    int scan = whole.length - 4;
    while (!(whole[scan] == (byte) 0xff && whole[scan + 1] == (byte) 0xda)) {
      scan--;
    }
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.write(whole, 0, scan);
    for (int i = 0; i < 500; i++) {
      many.write(whole, scan, whole.length - 2 - scan);
    }
    many.write(whole, whole.length - 2, 2);
    assertThatThrownBy(() -> read(many.toByteArray()))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("a JPEG of few scans");
    assertThat(ImageFiles.read(whole, "few", 64).width()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({
    "00000018 66747970 68656963 00000000, it is HEIC, convert it to PNG",
    "0000001c 66747970 61766966 00000000, it is AVIF, convert it to PNG",
    "0000000c 6a502020 0d0a870a 00000014, it is JPEG 2000, convert it to PNG",
    "ff4fff51 00290000 00000000 00000000, it is JPEG 2000, convert it to PNG",
    "0000000c 4a584c20 0d0a870a 00000014, it is JPEG XL, convert it to PNG",
    "4d4d002b 00080000 00000000 00000000, it is BigTIFF, convert it to PNG",
    "504b0304 14000000 00000000 00000000, it is a ZIP archive, unpack it and give the images or"
        + " .npy arrays that are in it",
    "25504446 2d312e37 00000000 00000000, it is a PDF, save the page or image you need as PNG",
    "00000018 66747970 69736f6d 00000000, it is a film, save the frames you need as PNG",
  })
  void namesTheFormatThatItDoesNotRead(String start, String name, String advice) {
    byte[] file = HexFormat.of().parseHex(start.replace(" ", ""));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining(name)
        .hasMessageEndingWith("; " + advice);
  }

  @Test
  void saysSoWhenTheImageDoesNotFitIntoMemory() {
    byte[] png = PngChunks.sized(ImageFiles.png(noise(3, 4, 4, 6)), 45000, 45000);
    assertThatThrownBy(() -> ImageFiles.read(png, "huge", Long.MAX_VALUE))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageStartingWith("huge: expected ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp", "webp", "lossy", "npy", "sealed"})
  void survivesCorruption(String format) throws IOException {
    byte[] whole =
        switch (format) {
          case "webp" -> bytes(LOSSLESS_WEBP);
          case "lossy" -> bytes(LOSSY_WEBP);
          case "npy" -> Npy.bytes(noise(3, 9, 8, 7));
          case "sealed" -> ImageFiles.png(noise(3, 9, 8, 7));
          default -> encoded(ImageFiles.buffered(noise(3, 9, 8, 7)), format);
        };
    Random random = new Random(8);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] corrupt = whole.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        corrupt[random.nextInt(corrupt.length)] = (byte) random.nextInt(256);
      }
      if (format.equals("sealed")) {
        PngChunks.seal(corrupt);
      }
      try {
        assertThat(ImageFiles.read(corrupt, "corrupt", 1_000_000).channels()).isBetween(1, 3);
      } catch (ImageFormatException e) {
        refused++;
        assertThat(e.getMessage()).startsWith("corrupt: expected ").doesNotContain("\n");
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void turnsColourIntoLumaAndGreyIntoThreeChannels() {
    Raster rgb = Raster.of(3, 1, 2, new float[] {1, 0.3f, 0, 0.3f, 0.5f, 0.3f});
    assertThat(rgb.toGrey().toArray())
        .containsExactly(new float[] {0.299f + 0.057f, 0.3f}, within(1e-7f));
    Raster grey = noise(1, 3, 4, 9);
    assertThat(grey.toRgb().channels()).isEqualTo(3);
    assertThat(grey.toRgb().toGrey()).isEqualTo(grey);
    assertThatThrownBy(() -> noise(2, 3, 4, 9).toGrey())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 or 3 channels");
  }

  @Test
  void knowsTheNamesOfImages() {
    assertThat(ImageFiles.hasImageName(Path.of("a/B.JPEG"))).isTrue();
    assertThat(ImageFiles.hasImageName(Path.of("a/result.json"))).isFalse();
  }
}
