package io.adversight;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PackageDirectionTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.adversight");

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
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers(
            "attack", "attribution", "evaluation", "catalog", "study", "report")
        .withOptionalLayers(true)
        .check(CLASSES);
  }

  @Test
  void siblingsDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("io.adversight.attack..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.adversight.attribution..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("io.adversight.attribution..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.adversight.attack..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.adversight.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheTensorModuleKnowsLibtorch() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.adversight.tensor..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(CLASSES);
  }
}
