package io.adversight.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DirectionTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("Test"))
          .importPackages("io.adversight.lab");

  @Test
  void noAlgorithmOfTheCatalogueIsNamed() {
    Set<String> algorithms =
        Catalog.entries().stream().map(Entry::type).map(Class::getName).collect(Collectors.toSet());
    noClasses()
        .should()
        .dependOnClassesThat(
            DescribedPredicate.<JavaClass>describe(
                "are algorithms of the catalogue", type -> algorithms.contains(type.getName())))
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.adversight.lab.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
