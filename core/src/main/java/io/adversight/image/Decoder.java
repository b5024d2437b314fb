package io.adversight.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes with ImageIO and takes the stored samples as they are. */
final class Decoder {
  static {
    // named here because plug-ins are looked up by the class loader of whoever asks first
    IIORegistry.getDefaultInstance().registerServiceProvider(new JPEGImageReaderSpi());
    IIORegistry.getDefaultInstance().registerServiceProvider(new WebPImageReaderSpi());
  }

  private Decoder() {}

  /** Decodes the first picture in a file whose structure and size have been checked. */
  static BufferedImage decode(byte[] bytes, String format) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((from, warning) -> warnings.add(warning));
    try (MemoryCacheImageInputStream stream = new EndingStream(bytes)) {
      reader.setInput(stream, true, true);
      BufferedImage image = reader.read(0);
      for (String warning : warnings) {
        if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
          throw new IIOException(warning);
        }
      }
      return image;
    } finally {
      reader.dispose();
    }
  }

  /** Ends the work of decoders that take whatever is missing for zeros, for as long as it takes. */
  private static final class EndingStream extends MemoryCacheImageInputStream {
    private static final int MOST_READS_AT_THE_END = 1000;
    private int atTheEnd;

    EndingStream(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read() throws IOException {
      return counted(super.read());
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return counted(super.read(target, offset, length));
    }

    private int counted(int read) throws IOException {
      if (read < 0 && ++atTheEnd > MOST_READS_AT_THE_END) {
        throw new IIOException("the data end too early");
      }
      return read;
    }
  }

  /** The picture in (C, H, W) order over white; {@code grey} asks for one channel. */
  static Raster raster(BufferedImage image, boolean grey) throws IOException {
    return image.getColorModel() instanceof IndexColorModel palette
        ? indexed(image, palette, grey)
        : sampled(image);
  }

  private static Raster indexed(BufferedImage image, IndexColorModel palette, boolean grey) {
    int width = image.getWidth();
    int height = image.getHeight();
    int channels = grey ? 1 : 3;
    float[] values = new float[Math.multiplyExact(channels, Math.multiplyExact(width, height))];
    int[] indices = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRaster().getSamples(0, y, width, 1, 0, indices);
      for (int x = 0; x < width; x++) {
        int argb = palette.getRGB(indices[x]);
        float alpha = (argb >>> 24) / 255f;
        for (int c = 0; c < channels; c++) {
          float sample = ((argb >> (16 - 8 * c)) & 255) / 255f;
          values[(c * height + y) * width + x] = overWhite(sample, alpha);
        }
      }
    }
    return Raster.adopt(channels, height, width, values);
  }

  private static Raster sampled(BufferedImage image) throws IOException {
    ColorModel model = image.getColorModel();
    int channels = model.getNumColorComponents();
    if (channels != 1 && channels != 3) {
      throw new IIOException("a colour space of %s components".formatted(channels));
    }
    int width = image.getWidth();
    int height = image.getHeight();
    float[] values = new float[Math.multiplyExact(channels, Math.multiplyExact(width, height))];
    float[] alphas = new float[width];
    for (int y = 0; y < height; y++) {
      if (model.hasAlpha()) {
        row(image, y, channels, alphas, 0);
      }
      for (int c = 0; c < channels; c++) {
        int start = (c * height + y) * width;
        row(image, y, c, values, start);
        for (int x = 0; model.hasAlpha() && x < width; x++) {
          float sample = values[start + x];
          values[start + x] =
              model.isAlphaPremultiplied()
                  ? Math.min(1, sample + (1 - alphas[x]))
                  : overWhite(sample, alphas[x]);
        }
      }
    }
    return Raster.adopt(channels, height, width, values);
  }

  /** Writes one row of one band, each sample divided by its largest possible value. */
  private static void row(BufferedImage image, int y, int band, float[] target, int start) {
    int width = image.getWidth();
    int[] samples = image.getRaster().getSamples(0, y, width, 1, band, (int[]) null);
    float largest = (1L << image.getSampleModel().getSampleSize(band)) - 1;
    for (int x = 0; x < width; x++) {
      target[start + x] = samples[x] / largest;
    }
  }

  private static float overWhite(float sample, float alpha) {
    return alpha * sample + (1 - alpha);
  }
}
