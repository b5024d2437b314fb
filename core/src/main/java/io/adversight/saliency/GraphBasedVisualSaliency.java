package io.adversight.saliency;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.image.SeparableFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * Graph-based visual saliency (Harel, Koch and Perona 2006).
 *
 * <ol>
 *   <li>Feature maps on levels 2, 3 and 4 of a Gaussian pyramid: intensity; colour, |r - g| and |b
 *       - min(r, g)| over max(r, g, b) (zero below 0.1, where hue means nothing); orientation at 0,
 *       45, 90 and 135 degrees. All are resized to one small grid.
 *   <li>Each becomes the equilibrium of a Markov chain whose transitions favour unlike and near
 *       positions, |log(M(i,j) / M(p,q))| exp(-d^2 / (2 sigma^2)). Before the logarithm a fraction
 *       of the map's maximum is added: maps hold zeros, of which the paper says nothing.
 *   <li>A second chain, A(p,q) exp(-d^2 / (2 sigma^2)), concentrates each activation.
 *   <li>The mean is taken within each of the three channels, then the sum; it is smoothed, enlarged
 *       bilinearly and divided by its maximum.
 * </ol>
 *
 * <p>A constant feature map, such as the colour of a grey image, counts for nothing.
 *
 * @param workingSize longer side the image is resized to first, pixels
 * @param mapSize longer side of the graph's grid, nodes
 * @param activationSigma sigma of the first chain over the mean of the grid's sides
 * @param floor what is added to every map, as a fraction of its maximum
 * @param concentrationSigma the same of the second chain
 * @param concentrations how often the second chain is applied
 * @param blur standard deviation of the last smoothing over the mean of the grid's sides
 */
@Doc("Graph-based visual saliency")
@Paper("harel2006")
public record GraphBasedVisualSaliency(
    @Doc("longer side of the image, pixels") int workingSize,
    @Doc("longer side of the graph, nodes") int mapSize,
    @Doc("standard deviation of the activation weights, share of the side") double activationSigma,
    @Doc("added to every map, share of its maximum") double floor,
    @Doc("standard deviation of the concentration weights, share of the side")
        double concentrationSigma,
    @Doc("repetitions of the concentration") int concentrations,
    @Doc("last smoothing, share of the side") double blur)
    implements ImageSaliency {
  private static final double[] ANGLES = {0, 45, 90, 135};

  /** A grid of 32, sigmas of 0.15 and 0.06 (the paper: a tenth to a fifth), one concentration. */
  public GraphBasedVisualSaliency() {
    this(256, 32, 0.15, 0.1, 0.06, 1, 0.02);
  }

  /** Checks the ranges. */
  public GraphBasedVisualSaliency {
    Check.within(32, 2048, workingSize, "workingSize");
    Check.within(4, 64, mapSize, "mapSize");
    Check.positive(activationSigma, "activationSigma");
    Check.within(1e-6, 1e6, floor, "floor");
    Check.positive(concentrationSigma, "concentrationSigma");
    Check.within(0, 20, concentrations, "concentrations");
    Check.within(0.0, 1.0, blur, "blur");
  }

  @Override
  public Raster saliency(Raster image) {
    Colours colours = Colours.of(image, workingSize);
    List<Plane> intensity = Pyramid.of(colours.intensity(), 4).subList(2, 5);
    List<Plane> hue = new ArrayList<>();
    hue.addAll(Pyramid.of(colours.mixed(GraphBasedVisualSaliency::redGreen), 4).subList(2, 5));
    hue.addAll(Pyramid.of(colours.mixed(GraphBasedVisualSaliency::blueYellow), 4).subList(2, 5));
    List<Plane> orientation = new ArrayList<>();
    for (double angle : ANGLES) {
      Gabor gabor = new Gabor(angle);
      intensity.forEach(level -> orientation.add(gabor.response(level)));
    }
    Plane first = Pyramid.fitted(colours.red(), mapSize);
    int height = first.height();
    int width = first.width();
    double[] sum = new double[height * width];
    for (List<Plane> channel : List.of(intensity, hue, orientation)) {
      addMean(channel, height, width, sum);
    }
    Plane total = Plane.of(height, width, sum);
    Plane smooth = blur == 0 ? total : SeparableFilter.gaussian(total, blur * side(total));
    Plane large = smooth.resize(image.height(), image.width());
    double max = large.max();
    return large.map(value -> max == 0 ? 0 : value / max).toRaster();
  }

  private void addMean(List<Plane> channel, int height, int width, double[] sum) {
    for (Plane feature : channel) {
      double[] values = activation(feature.resize(height, width)).toArray();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values[i] / channel.size();
      }
    }
  }

  private Plane activation(Plane feature) {
    double max = feature.max();
    if (max - feature.min() <= 1e-9 * max) {
      return feature.map(value -> 0);
    }
    Plane positive = feature.map(value -> Math.max(0, value) + floor * max);
    Plane activation = SaliencyGraph.activation(positive, activationSigma * side(feature));
    for (int i = 0; i < concentrations; i++) {
      activation = SaliencyGraph.concentrated(activation, concentrationSigma * side(feature));
    }
    return activation;
  }

  private static double side(Plane plane) {
    return (plane.height() + plane.width()) / 2.0;
  }

  private static double redGreen(double r, double g, double b) {
    double max = Math.max(r, Math.max(g, b));
    return max < 0.1 ? 0 : Math.abs(r - g) / max;
  }

  private static double blueYellow(double r, double g, double b) {
    double max = Math.max(r, Math.max(g, b));
    return max < 0.1 ? 0 : Math.abs(b - Math.min(r, g)) / max;
  }
}
