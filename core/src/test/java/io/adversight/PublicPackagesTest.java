package io.adversight;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No public signature outside the internal packages of the library's page names one of their types.
 */
class PublicPackagesTest {
  private static final Path PAGE = Path.of("../docs/how-to/use-as-a-library.md");
  private static final String ROOT = "io.adversight.";
  private static final Pattern LINE = Pattern.compile("\\| internal \\| (.*) \\|.*");

  @Test
  void noPublicSignatureNamesAnInternalType() throws Exception {
    List<String> internal = internal();
    assertThat(internal).isNotEmpty();
    Set<String> leaks = new TreeSet<>();
    for (JavaClass type : Rooms.CLASSES) {
      if (type.getModifiers().contains(JavaModifier.PUBLIC) && !isIn(type, internal)) {
        for (JavaCodeUnit unit : type.getCodeUnits()) {
          if (unit.getModifiers().contains(JavaModifier.PUBLIC)) {
            Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream())
                .filter(used -> isIn(used, internal))
                .forEach(used -> leaks.add(unit.getFullName() + " names " + used.getName()));
          }
        }
      }
    }
    assertThat(leaks).isEmpty();
  }

  private static boolean isIn(JavaClass type, List<String> packages) {
    return packages.stream()
        .anyMatch(
            name ->
                type.getPackageName().equals(ROOT + name)
                    || type.getPackageName().startsWith(ROOT + name + "."));
  }

  private static List<String> internal() throws Exception {
    return Files.readAllLines(PAGE).stream()
        .map(LINE::matcher)
        .filter(line -> line.matches())
        .flatMap(line -> Stream.of(line.group(1).split(", ")))
        .map(name -> name.replace("`", ""))
        .toList();
  }
}
