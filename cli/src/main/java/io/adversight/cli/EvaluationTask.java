package io.adversight.cli;

import io.adversight.data.DataSet;
import io.adversight.model.GraphClassifier;
import io.adversight.study.evaluation.EvaluationSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * A robustness report that is to be made.
 *
 * @param folder for the report
 * @param networks side by side
 * @param images on which all of them are attacked
 * @param spec what is assumed and spent
 */
record EvaluationTask(
    Path folder, List<GraphClassifier> networks, DataSet images, EvaluationSpec spec) {
  EvaluationTask {
    networks = List.copyOf(networks);
  }
}
