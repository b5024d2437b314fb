package io.adversight.lab.response;

import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.input.InputException;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Blob;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The classes in the plane through the image that the loss's steepest direction and a random
 * direction of the same length span; pixels are held in [0, 1].
 */
public final class PlaneResponder implements Responder {
  private static final int USUAL_SIZE = 31;
  private static final int LARGEST_SIZE = 101;
  private static final int IMAGES_FORWARD = 32;
  private static final int COARSEST = 8;
  private static final double USUAL_EXTENT = 0.2;

  private final PanelRequests requests;

  /**
   * The request.
   *
   * @param size points along each axis, odd
   * @param extent the length of half an axis, in the norm of the state
   */
  record Parameters(PanelState state, @Nullable Integer size, @Nullable Double extent) {}

  /** Some places, numbered row by row; {@code done} counts those known by now. */
  record Points(int size, int done) {}

  record Share(int index, String name, double share) {}

  record Summary(int size, double extent, String xTitle, String yTitle, List<Share> classes) {}

  public PlaneResponder(PanelRequests requests) {
    this.requests = requests;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    Parameters parameters = Json.read(message, Parameters.class);
    int size = parameters.size() == null ? USUAL_SIZE : parameters.size();
    double extent = parameters.extent() == null ? USUAL_EXTENT : parameters.extent();
    if (size < 3 || size > LARGEST_SIZE || size % 2 == 0 || !(extent > 0 && extent < 1e6)) {
      throw new InputException(
          "a plane needs an odd size from 3 to %s and an extent above 0".formatted(LARGEST_SIZE));
    }
    PanelRequest request = requests.of(parameters.state());
    Map<Integer, Integer> counts = new TreeMap<>();
    try (Scope scope = Scope.open()) {
      Run run = request.run().with(cancel);
      Problem problem = request.problem();
      Norm norm = request.norm();
      Tensor u =
          norm.steepest(
              problem.startingGradient(problem.objective(Loss.CROSS_ENTROPY), run).gradient());
      Tensor v = norm.steepest(run.normal(problem.pixels(), 1));
      for (List<Integer> places : coarseToFine(size)) {
        for (int start = 0; start < places.size(); start += IMAGES_FORWARD) {
          if (cancel.get()) {
            throw new CancellationException("cancelled");
          }
          List<Integer> some =
              places.subList(start, Math.min(places.size(), start + IMAGES_FORWARD));
          frames.accept(points(request, problem.pixels(), u, v, size, extent, some, counts));
        }
      }
    }
    frames.accept(Frame.last(end(request, size, extent, counts), List.of()));
  }

  private static Frame points(
      PanelRequest request,
      Tensor pixels,
      Tensor u,
      Tensor v,
      int size,
      double extent,
      List<Integer> places,
      Map<Integer, Integer> counts) {
    int[] classes = new int[places.size()];
    float[] probabilities = new float[classes.length];
    try (Scope scope = Scope.open()) {
      List<Tensor> points = new ArrayList<>();
      for (int place : places) {
        int column = place % size;
        int row = place / size;
        double a = extent * (2.0 * column / (size - 1) - 1);
        double b = extent * (1 - 2.0 * row / (size - 1));
        points.add(pixels.add(u.mul(a)).add(v.mul(b)).clamp(0, 1));
      }
      List<Prediction> found = request.classifier().predict(Tensor.concat(points, 0));
      for (int i = 0; i < classes.length; i++) {
        classes[i] = found.get(i).top();
        probabilities[i] = (float) found.get(i).probability(classes[i]);
        counts.merge(classes[i], 1, Integer::sum);
      }
    }
    List<Integer> shape = List.of(classes.length);
    return Frame.part(
        new Points(size, counts.values().stream().mapToInt(Integer::intValue).sum()),
        List.of(
            Blob.integers("places", shape, places.stream().mapToInt(Integer::intValue).toArray()),
            Blob.integers("classes", shape, classes),
            Blob.floats("probability", shape, probabilities)));
  }

  /**
   * The places of a square grid, row by row, from coarse to fine: those on every eighth line, then
   * those on every fourth, every second, and all others.
   */
  static List<List<Integer>> coarseToFine(int size) {
    List<List<Integer>> stages = new ArrayList<>();
    for (int step = COARSEST; step >= 1; step /= 2) {
      List<Integer> places = new ArrayList<>();
      for (int y = 0; y < size; y += step) {
        for (int x = 0; x < size; x += step) {
          boolean isNew = step == COARSEST || x % (2 * step) != 0 || y % (2 * step) != 0;
          if (isNew) {
            places.add(y * size + x);
          }
        }
      }
      stages.add(places);
    }
    return stages;
  }

  private static Summary end(
      PanelRequest request, int size, double extent, Map<Integer, Integer> counts) {
    List<Share> shares =
        counts.entrySet().stream()
            .map(
                entry ->
                    new Share(
                        entry.getKey(),
                        request.classifier().labels().name(entry.getKey()),
                        entry.getValue() / (double) (size * size)))
            .sorted(Comparator.comparingDouble((Share share) -> -share.share()))
            .toList();
    boolean signs = request.norm() == Norm.LINF;
    return new Summary(
        size,
        extent,
        signs ? "sign of the loss's gradient" : "the loss's steepest direction",
        signs ? "random signs" : "a random direction",
        shares);
  }
}
