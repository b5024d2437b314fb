package io.adversight;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The rooms (sub-packages) of the packages below {@code io.adversight}, by names such as {@code
 * graph.onnx}. A package's own name, {@code graph}, stands for the classes at its root.
 */
public final class Rooms {
  private static final String BASE = "io.adversight.";

  /** The project's classes without the tests', read once. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.adversight");

  private Rooms() {}

  /** Fails if a class of the room uses a room of its package that is not allowed. */
  public static void usesOnly(String room, List<String> allowed) {
    String[] packages =
        Stream.concat(Stream.of(room), allowed.stream()).map(BASE::concat).toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(BASE + room)
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage(BASE + top(room) + "..")).or(resideInAnyPackage(packages)))
        .check(CLASSES);
  }

  /** Fails if another package uses a class of the room. */
  public static void staysInItsPackage(String room) {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + top(room) + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BASE + room)
        .check(CLASSES);
  }

  /** The rooms that there are in the package that starts with {@code top}. */
  public static Set<String> of(String top) {
    Set<String> rooms = new TreeSet<>();
    CLASSES.stream()
        .map(type -> type.getPackageName() + ".")
        .filter(name -> name.startsWith(BASE + top + "."))
        .forEach(name -> rooms.add(name.substring(BASE.length(), name.length() - 1)));
    return rooms;
  }

  /** The package of a room: {@code graph} of {@code graph.onnx}. */
  public static String top(String room) {
    int dot = room.indexOf('.');
    return dot < 0 ? room : room.substring(0, dot);
  }
}
