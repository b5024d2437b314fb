package io.adversight.saliency;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Plane;
import io.adversight.image.Raster;
import java.util.ArrayList;
import java.util.List;

/**
 * Saliency from centre-surround differences (Itti, Koch and Niebur 1998): pyramids of intensity, of
 * the opponent colours red-green and blue-yellow and of four orientations; differences between a
 * fine scale c in {2, 3, 4} and a coarse one c + {3, 4}; the operator N(.) that promotes maps with
 * one peak; sums per channel at scale 4; the mean of the three channels. The result is enlarged
 * bilinearly and divided by its maximum.
 *
 * <p>Two points where the paper leaves a choice. Orientation is read by Gabor filters of period 7
 * on every level of the intensity pyramid. Colour contrast is the difference of one opponency
 * between two scales, |RG(c) - RG(s)| with RG = R - G, as in the later model of Walther and Koch
 * (2006): eq. 2 and 3 as printed, |(R(c) - G(c)) - (G(s) - R(s))|, answer to even colour and not to
 * contrast; they are there as {@code printedOpponency}.
 *
 * @param workingSize longer side the image is resized to first, pixels; the paper's is 640
 * @param printedOpponency whether eq. 2 and 3 are taken literally
 */
@Doc("Itti-Koch-Niebur saliency")
@Paper("itti1998")
public record IttiKochNiebur(
    @Doc("longer side of the image, pixels") int workingSize,
    @Doc("colour contrast exactly as printed (eq. 2, 3)") boolean printedOpponency)
    implements ImageSaliency {
  private static final int TOP = 8;
  private static final int OUTPUT = 4;
  private static final double[] ANGLES = {0, 45, 90, 135};

  /** The paper's image size. */
  public IttiKochNiebur() {
    this(640, false);
  }

  /** Checks the size: nine scales need 256 pixels. */
  public IttiKochNiebur {
    Check.within(256, 4096, workingSize, "workingSize");
  }

  @Override
  public Raster saliency(Raster image) {
    Colours colours = Colours.of(image, workingSize);
    Plane intensity = colours.intensity();
    List<Plane> intensities = Pyramid.of(intensity, TOP);
    // Hue is decoupled from intensity, where that exceeds a tenth of its maximum.
    double dark = intensity.max() / 10;
    Plane redGreen = colours.mixed((r, g, b) -> bright(r, g, b, dark) * redMinusGreen(r, g, b));
    Plane blueYellow = colours.mixed((r, g, b) -> bright(r, g, b, dark) * blueMinusYellow(r, g, b));
    Plane light = conspicuity(intensities, 1);
    Plane colour =
        sum(
            conspicuity(Pyramid.of(redGreen, TOP), printedOpponency ? -1 : 1),
            conspicuity(Pyramid.of(blueYellow, TOP), printedOpponency ? -1 : 1));
    Plane orientation = light.map(value -> 0);
    for (double angle : ANGLES) {
      Gabor gabor = new Gabor(angle);
      List<Plane> levels = new ArrayList<>(intensities.subList(0, 2));
      intensities.subList(2, TOP + 1).forEach(level -> levels.add(gabor.response(level)));
      orientation = sum(orientation, PeakNormalization.of(conspicuity(levels, 1)));
    }
    Plane total =
        sum(
            sum(PeakNormalization.of(light), PeakNormalization.of(colour)),
            PeakNormalization.of(orientation));
    Plane large = total.resize(image.height(), image.width());
    double max = large.max();
    return large.map(value -> max == 0 ? 0 : value / max).toRaster();
  }

  /** The sum of N(|centre - sign * surround|) over the six pairs of scales, at scale 4. */
  private static Plane conspicuity(List<Plane> levels, int sign) {
    Plane output = levels.get(OUTPUT);
    Plane total = output.map(value -> 0);
    for (int c = 2; c <= 4; c++) {
      for (int delta = 3; delta <= 4; delta++) {
        Plane centre = levels.get(c);
        Plane surround = levels.get(c + delta).resize(centre.height(), centre.width());
        Plane difference =
            Plane.generate(
                centre.height(),
                centre.width(),
                (y, x) -> contrast(centre.at(y, x), sign * surround.at(y, x)));
        Plane normalized = PeakNormalization.of(difference);
        total = sum(total, normalized.resize(output.height(), output.width()));
      }
    }
    return total;
  }

  /** Rounding leaves differences of about 1e-16 in even regions; they are not contrast. */
  private static double contrast(double centre, double surround) {
    double contrast = Math.abs(centre - surround);
    return contrast < 1e-9 ? 0 : contrast;
  }

  private static Plane sum(Plane a, Plane b) {
    return Plane.generate(a.height(), a.width(), (y, x) -> a.at(y, x) + b.at(y, x));
  }

  /** 1 / intensity, or 0 in the dark. */
  private static double bright(double r, double g, double b, double dark) {
    double intensity = (r + g + b) / 3;
    return intensity > dark ? 1 / intensity : 0;
  }

  private static double redMinusGreen(double r, double g, double b) {
    return Math.max(0, r - (g + b) / 2) - Math.max(0, g - (r + b) / 2);
  }

  private static double blueMinusYellow(double r, double g, double b) {
    double blue = Math.max(0, b - (r + g) / 2);
    double yellow = Math.max(0, (r + g) / 2 - Math.abs(r - g) / 2 - b);
    return blue - yellow;
  }
}
