package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NoticeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void namesEveryLibraryOfTheProgramAndNoOther() throws IOException {
    assertThat(named()).isEqualTo(onTheClassPath());
  }

  @Test
  void everyModuleHasTheLicence() throws IOException {
    assertThat(Files.readString(ROOT.resolve("LICENSE"))).contains("Apache License", "Version 2.0");
    assertThat(Files.readString(ROOT.resolve("bom/pom.xml"))).contains("<name>Apache-2.0</name>");
  }

  private static Set<String> named() throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("NOTICE"));
    int first =
        lines.indexOf(
            lines.stream().filter(l -> l.startsWith("artifact ")).findFirst().orElseThrow());
    return lines.subList(first + 1, lines.size()).stream()
        .takeWhile(line -> !line.isBlank())
        .map(line -> line.substring(0, line.indexOf(' ')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> onTheClassPath() throws IOException {
    String path = Files.readString(Path.of("target", "runtime-class-path")).strip();
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(file -> !file.startsWith(ROOT)) // its own modules
        .map(file -> file.getFileName().toString())
        .map(file -> file.substring(0, file.indexOf('-' + version(file))))
        .map(artifact -> artifact.startsWith("jetty-") ? "jetty-*" : artifact)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What follows the first hyphen that stands before a digit. */
  private static String version(String file) {
    return file.replaceFirst("^.*?-(?=[0-9])", "");
  }
}
