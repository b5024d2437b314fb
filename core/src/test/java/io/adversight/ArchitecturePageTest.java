package io.adversight;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The diagram of layers and rooms in ARCHITECTURE.md is that of the code. */
class ArchitecturePageTest {
  private static final String BASE = "io.adversight.";

  /** A line of the diagram: a package, and its rooms in brackets if it has some. */
  private static final Pattern LINE =
      Pattern.compile("^([a-z]+)(?: +\\[([a-z ]+)])?$", Pattern.MULTILINE);

  /** The packages of the diagram with their rooms, from the top. */
  private static Map<String, Set<String>> diagram() throws IOException {
    String page = Files.readString(Path.of("..", "ARCHITECTURE.md"));
    String block =
        page.substring(page.indexOf("```"), page.indexOf("```", page.indexOf("```") + 3));
    Map<String, Set<String>> lines = new LinkedHashMap<>();
    LINE.matcher(block)
        .results()
        .forEach(
            line ->
                lines.put(
                    line.group(1),
                    line.group(2) == null ? Set.of() : Set.of(line.group(2).split(" "))));
    return lines;
  }

  @Test
  void theDiagramHasEveryPackageAndRoom() throws IOException {
    Map<String, Set<String>> lines = diagram();
    Set<String> packages =
        Rooms.CLASSES.stream()
            .map(type -> type.getPackageName() + ".")
            .filter(name -> name.length() > BASE.length())
            .map(name -> Rooms.top(name.substring(BASE.length())))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(new TreeSet<>(lines.keySet())).isEqualTo(packages);
    lines.forEach(
        (name, rooms) ->
            assertThat(Rooms.of(name))
                .as(name)
                .filteredOn(room -> !room.equals(name))
                .containsExactlyInAnyOrderElementsOf(
                    rooms.stream().map(room -> name + "." + room).toList()));
  }

  @Test
  void noPackageUsesOneAboveIt() throws IOException {
    List<String> above = new ArrayList<>();
    for (String name : diagram().keySet()) {
      if (!above.isEmpty()) {
        noClasses()
            .that()
            .resideInAPackage(BASE + name + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(above.stream().map(one -> BASE + one + "..").toArray(String[]::new))
            .check(Rooms.CLASSES);
      }
      above.add(name);
    }
  }
}
