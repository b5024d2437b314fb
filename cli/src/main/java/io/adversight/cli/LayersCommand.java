package io.adversight.cli;

import io.adversight.graph.Layer;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the layers of a network. */
@Example("adversight layers --model aviary")
@Command(
    name = "layers",
    mixinStandardHelpOptions = true,
    description = "Lists the layers of a network with the shapes of their activations.",
    sortOptions = false)
final class LayersCommand implements Callable<Integer> {
  private final DataHome home;
  @Mixin ModelOptions model = new ModelOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  LayersCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    GraphClassifier classifier = model.openAlone(home);
    PrintWriter out = spec.commandLine().getOut();
    String explained = classifier.defaultLayer().orElse("");
    int width = classifier.layers().stream().mapToInt(l -> l.name().length()).max().orElse(1);
    for (Layer layer : classifier.layers()) {
      out.println(
          ("%-" + width + "s  %-20s %s%s")
              .formatted(
                  layer.name(),
                  layer.type(),
                  layer.shape(),
                  layer.name().equals(explained) ? "  <- explained by default" : ""));
    }
    return 0;
  }
}
