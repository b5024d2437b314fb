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
final class ImageDecoder {
  static {
    // named here because plug-ins are looked up by the class loader of whoever asks first
    IIORegistry.getDefaultInstance().registerServiceProvider(new JPEGImageReaderSpi());
    IIORegistry.getDefaultInstance().registerServiceProvider(new WebPImageReaderSpi());
  }

  private ImageDecoder() {}

  /** Decodes the first image in a file whose structure and size have been checked. */
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

  /**
   * The image in (C, H, W) order over white, reduced to the pixels that {@code source} keeps;
   * {@code grey} asks for one channel.
   */
  static Raster raster(BufferedImage image, boolean grey, Source source) throws IOException {
    int factor = AreaReduction.factor(image.getHeight(), image.getWidth(), source.keptPixels());
    return image.getColorModel() instanceof IndexColorModel palette
        ? indexed(image, palette, grey, factor)
        : sampled(image, factor);
  }

  private static Raster indexed(
      BufferedImage image, IndexColorModel palette, boolean grey, int factor) {
    int width = image.getWidth();
    int channels = grey ? 1 : 3;
    AreaReduction reduction = new AreaReduction(factor, channels, image.getHeight(), width);
    int[] indices = new int[width];
    float[] values = new float[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRaster().getSamples(0, y, width, 1, 0, indices);
      for (int c = 0; c < channels; c++) {
        for (int x = 0; x < width; x++) {
          int argb = palette.getRGB(indices[x]);
          float sample = ((argb >> (16 - 8 * c)) & 255) / 255f;
          values[x] = overWhite(sample, (argb >>> 24) / 255f);
        }
        reduction.add(c, y, values);
      }
    }
    return reduction.raster();
  }

  private static Raster sampled(BufferedImage image, int factor) throws IOException {
    ColorModel model = image.getColorModel();
    int channels = model.getNumColorComponents();
    if (channels != 1 && channels != 3) {
      throw new IIOException("a colour space of %s components".formatted(channels));
    }
    int width = image.getWidth();
    AreaReduction reduction = new AreaReduction(factor, channels, image.getHeight(), width);
    float[] values = new float[width];
    float[] alphas = new float[width];
    int[] samples = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      if (model.hasAlpha()) {
        row(image, y, channels, samples, alphas);
      }
      for (int c = 0; c < channels; c++) {
        row(image, y, c, samples, values);
        for (int x = 0; model.hasAlpha() && x < width; x++) {
          values[x] =
              model.isAlphaPremultiplied()
                  ? Math.min(1, values[x] + (1 - alphas[x]))
                  : overWhite(values[x], alphas[x]);
        }
        reduction.add(c, y, values);
      }
    }
    return reduction.raster();
  }

  /** Reads one row of one band, each sample divided by its largest possible value. */
  private static void row(BufferedImage image, int y, int band, int[] samples, float[] target) {
    int width = image.getWidth();
    image.getRaster().getSamples(0, y, width, 1, band, samples);
    float largest = (1L << image.getSampleModel().getSampleSize(band)) - 1;
    for (int x = 0; x < width; x++) {
      target[x] = samples[x] / largest;
    }
  }

  private static float overWhite(float sample, float alpha) {
    return alpha * sample + (1 - alpha);
  }
}
