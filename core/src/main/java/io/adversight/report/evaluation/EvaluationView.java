package io.adversight.report.evaluation;

import io.adversight.attack.Epsilon;
import io.adversight.data.DataSet;
import io.adversight.plot.Plot;
import io.adversight.report.format.Block;
import io.adversight.report.format.PageImage;
import io.adversight.report.format.ResultJson;
import io.adversight.report.format.Titles;
import io.adversight.study.Algorithm;
import io.adversight.study.evaluation.EvaluationSpec;
import io.adversight.study.evaluation.NetworkEvaluation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the sections of the page of a robustness report show, and what they share. */
record EvaluationView(
    EvaluationSpec spec,
    DataSet images,
    List<NetworkEvaluation> networks,
    Path folder,
    Map<String, Plot> plots) {
  /** For what does not exist. */
  static final String NONE = "-";

  EvaluationView {
    networks = List.copyOf(networks);
    plots = Map.copyOf(plots);
  }

  boolean isSingle() {
    return networks.size() == 1;
  }

  NetworkEvaluation first() {
    return networks.get(0);
  }

  /** The networks' names, in their order. */
  List<String> names() {
    return networks.stream().map(network -> network.card().nameInResults()).toList();
  }

  /** A heading, with the network's name if there are several. */
  String heading(String text, NetworkEvaluation network) {
    return isSingle() ? text : text + ": " + network.card().nameInResults();
  }

  /** A table with a column for each network. */
  Block table(String first, List<List<String>> rows) {
    return new Block.Table(header(first), rows, 1);
  }

  List<String> header(String first) {
    return Stream.concat(Stream.of(first), names().stream()).toList();
  }

  /** A row with a cell for each network. */
  List<String> row(String name, Function<NetworkEvaluation, String> cell) {
    return Stream.concat(Stream.of(name), networks.stream().map(cell)).toList();
  }

  Block plot(String file) {
    return new Block.PlotImage(
        PageImage.in(folder.resolve(file)), Objects.requireNonNull(plots.get(file)).title());
  }

  String at(double epsilon) {
    return "epsilon " + Epsilon.text(spec.norm(), epsilon);
  }

  static String title(Algorithm attack) {
    return Titles.of(ResultJson.algorithm(attack));
  }

  static String size(double size) {
    return Double.isFinite(size) ? String.format(Locale.ROOT, "%.4f", size) : "none found";
  }
}
