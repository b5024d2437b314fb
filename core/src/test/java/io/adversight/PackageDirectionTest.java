package io.adversight;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import io.adversight.text.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PackageDirectionTest {
  @Test
  void dataFlowOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("tensor")
        .definedBy("io.adversight.tensor..")
        .layer("graph")
        .definedBy("io.adversight.graph..")
        .layer("run")
        .definedBy("io.adversight.run..")
        .layer("model")
        .definedBy("io.adversight.model..")
        .layer("attack")
        .definedBy("io.adversight.attack..")
        .layer("attribution")
        .definedBy("io.adversight.attribution..")
        .layer("defense")
        .definedBy("io.adversight.defense..")
        .layer("visualization")
        .definedBy("io.adversight.visualization..")
        .layer("evaluation")
        .definedBy("io.adversight.evaluation..")
        .layer("catalog")
        .definedBy("io.adversight.catalog..")
        .layer("study")
        .definedBy("io.adversight.study..")
        .layer("report")
        .definedBy("io.adversight.report..")
        .whereLayer("report")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("study")
        .mayOnlyBeAccessedByLayers("report")
        .whereLayer("catalog")
        .mayOnlyBeAccessedByLayers("study", "report")
        .whereLayer("evaluation")
        .mayOnlyBeAccessedByLayers("catalog", "study", "report")
        .whereLayer("attack")
        .mayOnlyBeAccessedByLayers("evaluation", "catalog", "study", "report")
        .whereLayer("defense")
        .mayOnlyBeAccessedByLayers("evaluation", "catalog", "study", "report")
        .whereLayer("attribution")
        .mayOnlyBeAccessedByLayers("evaluation", "catalog", "study", "report")
        .whereLayer("visualization")
        .mayOnlyBeAccessedByLayers("evaluation", "catalog", "study", "report")
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers(
            "attack",
            "attribution",
            "defense",
            "visualization",
            "evaluation",
            "catalog",
            "study",
            "report")
        .withOptionalLayers(true)
        .check(Rooms.CLASSES);
  }

  @Test
  void siblingsDoNotKnowEachOther() {
    List<String> siblings = List.of("attack", "attribution", "visualization");
    for (String one : siblings) {
      for (String other : siblings) {
        if (!one.equals(other)) {
          noClasses()
              .that()
              .resideInAPackage("io.adversight.%s..".formatted(one))
              .should()
              .dependOnClassesThat()
              .resideInAPackage("io.adversight.%s..".formatted(other))
              .check(Rooms.CLASSES);
        }
      }
    }
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.adversight.(*)..").should().beFreeOfCycles().check(Rooms.CLASSES);
  }

  @Test
  void nothingBelowKnowsTheFacade() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.adversight")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.adversight")
        .check(Rooms.CLASSES);
  }

  @Test
  void onlyTheTensorModuleKnowsTheEngines() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.adversight.tensor..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco..", "ai.onnxruntime..")
        .check(Rooms.CLASSES);
  }

  @Test
  void jsonIsReadWithinLimitsAndNumbersInOneWay() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Json.class.getName())
        .should()
        .callMethod(JsonMapper.class, "builder")
        .orShould()
        .callMethod(JsonMapper.class, "shared")
        .orShould()
        .callMethod(JsonNode.class, "asDouble")
        .orShould()
        .callMethod(JsonNode.class, "asDouble", double.class)
        .because("text.Json bounds depth and length, and knows numbers that are not finite")
        .check(Rooms.CLASSES);
  }
}
