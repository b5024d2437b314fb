package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those who use the jars as modules rely on. */
class ModulesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> PUBLISHED =
      List.of("tensor", "core", "training", "experiments", "lab", "cli", "junit", "cluster");

  @Test
  void noPackageIsInTwoModules() throws IOException {
    Map<Path, String> homes = new HashMap<>();
    for (String module : PUBLISHED) {
      for (Path folder : packages(module)) {
        assertThat(homes.put(folder, module)).as("%s is in %s and", folder, module).isNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tensor", "core", "training", "experiments", "lab", "cli", "junit", "cluster"})
  void isNamedAfterItsFolder(String module) throws IOException {
    assertThat(Files.readString(ROOT.resolve(module).resolve("pom.xml")))
        .contains(
            "<artifactId>adversight-" + module + "</artifactId>",
            "<module.name>io.adversight." + module + "</module.name>");
  }

  @Test
  void theBomNamesEveryModule() throws IOException {
    String bom = Files.readString(ROOT.resolve("bom/pom.xml"));
    assertThat(PUBLISHED).allSatisfy(m -> assertThat(bom).contains(">adversight-" + m + "<"));
  }

  private static List<Path> packages(String module) throws IOException {
    Path sources = ROOT.resolve(module).resolve("src/main/java");
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> sources.relativize(file.getParent()))
          .distinct()
          .toList();
    }
  }
}
