package io.adversight.experiments.lecture;

import io.adversight.attack.fooling.EvolvedImages;
import io.adversight.attack.fooling.FoolingAscent;
import io.adversight.attack.fooling.FoolingImage;
import io.adversight.attack.fooling.GaussianNoiseImages;
import io.adversight.attack.fooling.ImageGenerator;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.experiments.Sample;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.run.Run;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Fooling images (Nguyen et al. 2015): images evolved value by value and by painting networks, and
 * images by gradient ascent, with the network's confidence in each class.
 */
public final class LectureFooling implements Experiment {
  private static final int TILE = 84;

  @Override
  public String name() {
    return "lecture-fooling";
  }

  @Override
  public void measure(Bench bench) {
    Map<String, ImageGenerator> generators = generators(bench);
    List<List<String>> table = new ArrayList<>();
    for (String model : bench.names("models")) {
      GraphClassifier network = bench.network(model);
      List<Integer> classes = IntStream.range(0, network.card().classes()).boxed().toList();
      ImageTable images =
          new ImageTable(classes.stream().map(network.labels()::name).toList(), TILE);
      generators.forEach(
          (way, generator) -> {
            JsonNode found =
                bench.stage(
                    model + "-" + way.replace(' ', '-'),
                    () -> generate(bench, network, classes, generator));
            List<Double> confidences =
                found.valueStream().map(one -> Json.number(one.path("confidence"))).toList();
            Sample sample = Sample.of(confidences);
            bench.number("%s: median confidence, %s".formatted(model, way), sample.median());
            bench.number(
                "%s: share of classes above 0.99, %s".formatted(model, way),
                sample.shareAbove(0.99));
            table.add(
                List.of(
                    model,
                    way,
                    percent(sample.median()),
                    percent(confidences.stream().mapToDouble(c -> c).min().orElse(Double.NaN)),
                    percent(sample.shareAbove(0.99))));
            images.row(way, found.valueStream().map(LectureFooling::image).toList());
          });
      bench.image(
          "images-" + model,
          "An image for each class of " + model + ", made in four ways",
          images::sheet);
    }
    bench.table(
        "confidence",
        "Confidence in the class that an image was made for",
        List.of("network", "images", "median", "smallest", "classes above 99 %"),
        table);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static Map<String, ImageGenerator> generators(Bench bench) {
    int generations = bench.count("generations");
    int children = bench.count("children");
    Map<String, ImageGenerator> generators = new LinkedHashMap<>();
    generators.put(
        "evolved directly",
        new EvolvedImages(
            EvolvedImages.Encoding.DIRECT,
            EvolvedImages.Selection.MAP_ELITES,
            generations,
            children));
    generators.put(
        "evolved by CPPN",
        new EvolvedImages(
            EvolvedImages.Encoding.CPPN,
            EvolvedImages.Selection.MAP_ELITES,
            generations,
            children));
    generators.put("gradient ascent", new FoolingAscent());
    generators.put("noise", new GaussianNoiseImages());
    return generators;
  }

  private static ArrayNode generate(
      Bench bench, GraphClassifier network, List<Integer> classes, ImageGenerator generator) {
    Run run = Run.of(bench.rng(), 0, 1).with((done, total, what) -> bench.run().checkCancelled());
    ArrayNode found = Json.MAPPER.createArrayNode();
    for (FoolingImage image : generator.generate(network, classes, run)) {
      found
          .addObject()
          .put("confidence", image.confidence())
          .put("png", Base64.getEncoder().encodeToString(ImageFiles.png(image.image())));
    }
    return found;
  }

  private static Raster image(JsonNode found) {
    byte[] png = Base64.getDecoder().decode(Json.text(found, "png"));
    return ImageFiles.read(png, "fooling image", ImageFiles.DEFAULT_MAX_PIXELS);
  }
}
