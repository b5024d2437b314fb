package io.adversight.lab.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.lab.http.Json;
import io.adversight.lab.store.Disk;
import io.adversight.lab.store.ImageStore;
import io.adversight.lab.store.ModelStore;
import io.adversight.lab.store.Quota;
import io.adversight.lab.work.Jobs;
import io.adversight.mutation.Mutations;
import io.adversight.mutation.ReaderCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedStudiesTest {
  private static final String ID = "20260102-030405-digits";

  private static final String CARD =
      """
      {"created": "2026-01-02T03:04:05Z", "title": "fgsm on digits", "images": 2,
       "form": {"model": "digits", "source": {"kind": "samples", "group": "digits"},
                "attacks": [{"id": "fgsm", "parameters": {"loss": "CROSS_ENTROPY"}}],
                "norm": "linf", "epsilons": [0.1, 0.2], "seed": 3, "batch": 4}}
      """;

  private static final String RESULT =
      """
      {"study": {"norm": "LINF"}, "images": [
        {"name": "a", "label": {"index": 1, "name": "one"},
         "before": {"top": [{"index": 1, "name": "one", "probability": 0.9}]},
         "attacks": [
           {"id": "fgsm", "epsilon": 0.1, "success": true, "successAfterRounding": false,
            "after": {"top": [{"index": 7, "name": "seven", "probability": 0.6}]},
            "norms": {"l2": 1.5, "linf": 0.1}, "ssim": 0.8, "psnr": "Infinity"}]},
        {"name": "b", "label": {"index": 2, "name": "two"},
         "before": {"top": [{"index": 2, "name": "two", "probability": 1}]}, "attacks": []}]}
      """;

  @TempDir Path home;
  private Path folder;
  private Studies studies;

  @BeforeEach
  void aFinishedStudy() throws IOException {
    folder = Files.createDirectories(home.resolve("lab/studies").resolve(ID));
    Files.writeString(folder.resolve("lab.json"), CARD);
    Files.writeString(folder.resolve("result.json"), RESULT);
    DataHome data = new DataHome(home, List.of());
    studies =
        new Studies(
            data,
            new Disk(data, Quota.USUAL),
            new ModelStore(data),
            new ImageStore(Optional.empty()),
            new Jobs());
  }

  @Test
  void aDamagedResultIsReadOrRefusedInALine() {
    ReaderCheck.Outcome outcome =
        new ReaderCheck(Mutations.ofJson(RESULT), List.of(InputException.class))
            .run(
                bytes -> {
                  Files.write(folder.resolve("result.json"), bytes);
                  assertThat(Json.write(studies.details(ID))).startsWith("{");
                });
    assertThat(outcome.read()).isPositive();
    assertThat(outcome.refused()).isPositive();
  }

  @Test
  void aDamagedCardIsReadOrRefusedInALineAndTheOthersAreListed() throws IOException {
    String other = "20260102-030406-digits";
    Path beside = Files.createDirectories(folder.resolveSibling(other));
    Files.writeString(beside.resolve("lab.json"), CARD);
    ReaderCheck.Outcome outcome =
        new ReaderCheck(
                Mutations.ofJson(CARD), List.of(InputException.class, UnknownNameException.class))
            .run(
                bytes -> {
                  Files.write(folder.resolve("lab.json"), bytes);
                  assertThat(studies.list()).extracting(Studies.StudyEntry::id).contains(other, ID);
                  studies.details(ID).spec().spec(Integer.MAX_VALUE);
                });
    assertThat(outcome.read()).isPositive();
    assertThat(outcome.refused()).isPositive();
  }

  @Test
  void aFileThatIsNotTextIsRefused() throws IOException {
    Files.write(folder.resolve("result.json"), new byte[] {'{', (byte) 0xff, '}'});
    ReaderCheck.Outcome outcome =
        new ReaderCheck(seed -> new byte[0], List.of(InputException.class))
            .inputs(1)
            .run(bytes -> studies.finished(ID, "result.json"));
    assertThat(outcome.refused()).isOne();
  }
}
