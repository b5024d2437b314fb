package io.adversight.attack.fooling;

import io.adversight.image.Raster;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The indirect encoding: a small network of smooth functions paints the value of each pixel from
 * its position (a compositional pattern-producing network, Stanley 2007), so that images are
 * regular. Colour is hue, saturation and brightness. Mutation moves weights, changes functions,
 * adds connections and puts nodes into connections.
 *
 * @param nodes inputs (x, y, distance from the centre, 1), outputs, then hidden nodes
 * @param links connections from nodes of lower to nodes of higher depth
 */
record Cppn(List<Unit> nodes, List<Link> links) implements Genome {
  private static final int INPUTS = 4;
  private static final double WEIGHT_RATE = 0.3;
  private static final double LINK_RATE = 0.15;
  private static final double NODE_RATE = 0.1;
  private static final double FUNCTION_RATE = 0.1;

  Cppn {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
  }

  /** What a node does to the sum of its inputs. */
  enum Function {
    SINE,
    SIGMOID,
    GAUSSIAN,
    LINEAR;

    double of(double x) {
      return switch (this) {
        case SINE -> Math.sin(x);
        case SIGMOID -> 2 / (1 + Math.exp(-x)) - 1;
        case GAUSSIAN -> Math.exp(-x * x / 2);
        case LINEAR -> Math.max(-3, Math.min(3, x));
      };
    }
  }

  /** A node; depth 0 for inputs and 1 for outputs. */
  record Unit(Function function, double depth) {}

  /** A weighted connection. */
  record Link(int from, int to, double weight) {}

  /** Every input connected to every output by a random weight. */
  static Cppn random(int channels, SplittableRandom random) {
    List<Unit> nodes = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < INPUTS; i++) {
      nodes.add(new Unit(Function.LINEAR, 0));
    }
    for (int o = 0; o < channels; o++) {
      nodes.add(new Unit(anyFunction(random), 1));
      for (int i = 0; i < INPUTS; i++) {
        links.add(new Link(i, INPUTS + o, 2 * random.nextGaussian()));
      }
    }
    return new Cppn(nodes, links);
  }

  private static Function anyFunction(SplittableRandom random) {
    return Function.values()[random.nextInt(Function.values().length)];
  }

  @Override
  public Genome mutate(int generation, SplittableRandom random) {
    List<Unit> units = new ArrayList<>(nodes);
    List<Link> wires = new ArrayList<>();
    for (Link link : links) {
      boolean moves = random.nextDouble() < WEIGHT_RATE;
      double weight = moves ? link.weight() + random.nextGaussian() : link.weight();
      wires.add(new Link(link.from(), link.to(), weight));
    }
    if (random.nextDouble() < FUNCTION_RATE) {
      int node = INPUTS + random.nextInt(units.size() - INPUTS);
      units.set(node, new Unit(anyFunction(random), units.get(node).depth()));
    }
    if (random.nextDouble() < NODE_RATE) {
      Link split = wires.remove(random.nextInt(wires.size()));
      double depth = (units.get(split.from()).depth() + units.get(split.to()).depth()) / 2;
      units.add(new Unit(anyFunction(random), depth));
      wires.add(new Link(split.from(), units.size() - 1, 1));
      wires.add(new Link(units.size() - 1, split.to(), split.weight()));
    }
    if (random.nextDouble() < LINK_RATE) {
      int a = random.nextInt(units.size());
      int b = random.nextInt(units.size());
      if (units.get(a).depth() != units.get(b).depth()) {
        boolean forward = units.get(a).depth() < units.get(b).depth();
        wires.add(new Link(forward ? a : b, forward ? b : a, random.nextGaussian()));
      }
    }
    return new Cppn(units, wires);
  }

  @Override
  public Raster image(int channels, int height, int width) {
    int[] order =
        IntStream.range(0, nodes.size())
            .boxed()
            .sorted((a, b) -> Double.compare(nodes.get(a).depth(), nodes.get(b).depth()))
            .mapToInt(i -> i)
            .toArray();
    float[] values = new float[channels * height * width];
    double[] level = new double[nodes.size()];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double dx = width == 1 ? 0 : 2.0 * x / (width - 1) - 1;
        double dy = height == 1 ? 0 : 2.0 * y / (height - 1) - 1;
        evaluate(order, level, dx, dy);
        double[] out = new double[channels];
        for (int c = 0; c < channels; c++) {
          out[c] = Math.max(0, Math.min(1, (level[INPUTS + c] + 1) / 2));
        }
        double[] colour = channels == 3 ? rgb(out[0], out[1], out[2]) : out;
        for (int c = 0; c < channels; c++) {
          values[(c * height + y) * width + x] = (float) colour[c];
        }
      }
    }
    return Raster.of(channels, height, width, values);
  }

  private void evaluate(int[] order, double[] level, double dx, double dy) {
    double[] inputs = {dx, dy, Math.sqrt(dx * dx + dy * dy), 1};
    for (int node : order) {
      if (node < INPUTS) {
        level[node] = inputs[node];
      } else {
        double sum = 0;
        for (Link link : links) {
          sum += link.to() == node ? link.weight() * level[link.from()] : 0;
        }
        level[node] = nodes.get(node).function().of(sum);
      }
    }
  }

  /** Hue, saturation and brightness in [0, 1] as red, green and blue. */
  static double[] rgb(double hue, double saturation, double brightness) {
    double[] colour = new double[3];
    for (int c = 0; c < 3; c++) {
      double k = (new int[] {5, 3, 1}[c] + hue * 6) % 6;
      colour[c] =
          brightness - brightness * saturation * Math.max(0, Math.min(Math.min(k, 4 - k), 1));
    }
    return colour;
  }
}
