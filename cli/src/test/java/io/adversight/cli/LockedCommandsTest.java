package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.file.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Two commands never write to one folder at the same time. */
class LockedCommandsTest {
  @TempDir Path folder;

  static List<CommandTree.Writing> commands() {
    return CommandTree.writing(Path.of("no-home"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void refusesAFolderThatIsBeingWritten(CommandTree.Writing command) throws IOException {
    Path out = folder.resolve("out");
    List<Object> words = new ArrayList<>(command.words());
    words.addAll(List.of("--out", out));
    try (FolderLock lock = FolderLock.on(out)) {
      Shell.Outcome refused = new Shell(folder).run(words.toArray());

      assertThat(refused.err().lines())
          .singleElement()
          .asString()
          .contains("pid " + ProcessHandle.current().pid(), out.toString());
      assertThat(refused.code()).isEqualTo(2);
      assertThat(names(out)).containsExactly(".lock");
    }
    assertThat(out).doesNotExist();
  }

  /** A job may write to any file system; a folder of this machine is locked as any other. */
  @Test
  void refusesAJobsFolderThatIsBeingWritten() throws IOException {
    Path out = folder.resolve("out");
    try (FolderLock lock = FolderLock.on(out)) {
      Shell.Outcome refused =
          new Shell(folder)
              .run("cluster", "run", "study.json", "--master", "local[1]", "--out", out);

      assertThat(refused.err().lines())
          .singleElement()
          .asString()
          .contains("pid " + ProcessHandle.current().pid(), out.toString());
      assertThat(refused.code()).isEqualTo(2);
    }
  }

  static List<CommandTree.Writing> files() {
    return CommandTree.writingFiles(Path.of("no-home"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void refusesAFileThatIsBeingWritten(CommandTree.Writing command) throws IOException {
    Path file = folder.resolve("out/file.onnx");
    List<Object> words = new ArrayList<>(command.words());
    words.addAll(List.of(command.name().equals("patches build") ? "--index" : "--out", file));
    try (FolderLock lock = FolderLock.onFile(file)) {
      Shell.Outcome refused = new Shell(folder).run(words.toArray());

      assertThat(refused.err().lines())
          .singleElement()
          .asString()
          .contains("pid " + ProcessHandle.current().pid(), file + ";", other(command));
      assertThat(refused.code()).isEqualTo(2);
      assertThat(names(folder.resolve("out"))).containsExactly(".file.onnx.lock");
    }
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private static String other(CommandTree.Writing command) {
    return command.name().equals("lab export") ? "give another folder" : "give another file";
  }

  @Test
  void findsTheCommandsThatWriteFiles() {
    assertThat(files().stream().map(CommandTree.Writing::name))
        .containsExactlyInAnyOrder(
            "detect calibrate", "train-decoder", "patches build", "compile", "lab export");
  }

  @Test
  void findsTheCommandsThatWriteFolders() {
    assertThat(commands().stream().map(CommandTree.Writing::name))
        .contains("attack", "robustness", "train", "detect evaluate", "gallery", "patches show");
  }

  /** An option of that name which is neither would be neither locked nor written in one step. */
  @Test
  void everyOutIsAFolderOrAFile() {
    Stream<CommandLine> files =
        CommandTree.leaves(folder)
            .filter(line -> line.getCommandSpec().findOption("--out") != null)
            .filter(line -> LockedExecution.folder(line).isEmpty())
            .filter(line -> !(line.getCommandSpec().userObject() instanceof ClusterCommand.RunJob));

    assertThat(files)
        .allSatisfy(
            line -> assertThat(line.getCommandSpec().userObject()).isInstanceOf(WritesFile.class));
  }

  @Test
  void leavesNothingOfACommandThatFails() {
    Path out = folder.resolve("a/b");
    Shell.Outcome refused =
        new Shell(folder).run("attack", "--model", "digits", "--out", out, "missing.png");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  void namesAFileThatStandsInTheWay() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");

    Shell.Outcome refused =
        new Shell(folder).run("attack", "--model", "digits", "--out", file, "x.png");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("is a file; give a folder with --out");
    assertThat(file).hasContent("mine");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
    }
  }
}
