package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Networks of several files, tried under the usual preprocessings, added and removed. */
class NetworkUploadsTest {
  @TempDir static Path home;
  private static LabClient lab;

  /** The network of digits, with the largest of its weights in another file. */
  @SuppressWarnings("ArrayRecordComponent") // files to send, never compared
  private record Divided(byte[] network, byte[] weights) {
    static Divided digits() throws IOException {
      ModelProto whole;
      try (InputStream in = Lab.class.getResourceAsStream("/io/adversight/models/digits.onnx")) {
        whole = ModelProto.parseFrom(in);
      }
      int largest = 0;
      for (int i = 0; i < whole.getGraph().getInitializerCount(); i++) {
        if (size(whole, i) > size(whole, largest)) {
          largest = i;
        }
      }
      TensorProto tensor = whole.getGraph().getInitializer(largest);
      assertThat(tensor.getRawData()).isNotEqualTo(ByteString.EMPTY);
      TensorProto outside =
          tensor.toBuilder()
              .clearRawData()
              .setDataLocation(TensorProto.DataLocation.EXTERNAL)
              .addExternalData(
                  StringStringEntryProto.newBuilder().setKey("location").setValue("digits.data"))
              .build();
      return new Divided(
          whole.toBuilder()
              .addMetadataProps(
                  StringStringEntryProto.newBuilder().setKey("author").setValue("a\u0007uthor"))
              .setGraph(whole.getGraph().toBuilder().setInitializer(largest, outside))
              .build()
              .toByteArray(),
          tensor.getRawData().toByteArray());
    }

    private static int size(ModelProto model, int i) {
      return model.getGraph().getInitializer(i).getRawData().size();
    }
  }

  @BeforeAll
  static void start() {
    lab = LabClient.start(home);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void aNetworkOfTwoFilesIsTriedAddedAndRemoved() throws IOException {
    Divided digits = Divided.digits();
    String data =
        LabClient.json(lab.post("/api/model-files?name=digits.data", digits.weights()), 201)
            .path("file")
            .asString();
    JsonNode proposal =
        LabClient.json(
            lab.post("/api/model-uploads?name=two.onnx&beside=" + data, digits.network()), 201);
    assertThat(proposal.path("notes").toString()).contains("the file says author: a uthor");
    String upload = proposal.path("upload").asString();
    JsonNode trials =
        LabClient.json(
            lab.post(
                "/api/model-uploads/" + upload + "/presets",
                "{\"image\": \"s-digit-9\", \"form\": %s}".formatted(proposal.path("proposal"))),
            200);
    assertThat(trials.valueStream().map(trial -> trial.path("preset").asString()))
        .containsExactly("grey", "grey-bytes", "grey-signed", "mnist");
    JsonNode grey = trials.path(0);
    assertThat(grey.path("top").path(0).path("index").asInt()).isEqualTo(9);
    assertThat(grey.path("top").size()).isEqualTo(5);

    ObjectNode form = (ObjectNode) grey.path("form");
    form.put("name", "two-files");
    LabClient.json(
        lab.post("/api/models", "{\"upload\": \"%s\", \"form\": %s}".formatted(upload, form)), 201);
    assertThat(lab.json("/api/models/two-files").path("labels").size()).isEqualTo(10);
    assertThat(lab.delete("/api/models/two-files").statusCode()).isEqualTo(200);
    assertThat(lab.get("/api/models/two-files").statusCode()).isEqualTo(404);
    assertThat(home.resolve("models").toFile().list()).isEmpty();
  }

  @Test
  void weightsThatWereNotSentAreMissed() throws IOException {
    Divided digits = Divided.digits();
    JsonNode failure =
        LabClient.json(lab.post("/api/model-uploads?name=two.onnx", digits.network()), 400);
    assertThat(failure.path("error").asString()).contains("digits.data");
  }

  /** Its weights fit grey images of 28 x 28 pixels alone, as for {@code --model FILE}. */
  @Test
  void theSizeOfImagesThatTheFileLeavesOpenIsFound() {
    JsonNode proposal =
        LabClient.json(
            lab.post("/api/model-uploads?name=open.onnx", Onnx.denseOfOpenSize(0, 1, 2)), 201);
    JsonNode form = proposal.path("proposal");
    assertThat(form.path("height").asInt()).isEqualTo(28);
    assertThat(form.path("width").asInt()).isEqualTo(28);
    assertThat(form.path("channels").asString()).isEqualTo("GRAY");
    assertThat(proposal.path("notes").toString())
        .contains("the file leaves its images open: 28 x 28 pixels with 1 channel fit");
    JsonNode added =
        LabClient.json(
            lab.post(
                "/api/models",
                "{\"upload\": %s, \"form\": %s}".formatted(proposal.path("upload"), form)),
            201);
    assertThat(added.path("input").path("height").asInt()).isEqualTo(28);
    assertThat(lab.delete("/api/models/open").statusCode()).isEqualTo(200);
  }

  @Test
  void theSizeOfImagesIsThatWhichIsGiven() {
    byte[] network = Onnx.denseOfOpenSize(0, 1, 2);
    JsonNode proposal =
        LabClient.json(lab.post("/api/model-uploads?name=open.onnx&side=28", network), 201);
    assertThat(proposal.path("proposal").path("height").asInt()).isEqualTo(28);
    JsonNode none =
        LabClient.json(lab.post("/api/model-uploads?name=open.onnx&side=30", network), 400);
    assertThat(none.path("error").asString()).contains("(2, 2700)"); // 3 x 30 x 30
    for (String side : List.of("large", "0", "100000")) {
      JsonNode refused =
          LabClient.json(lab.post("/api/model-uploads?name=o.onnx&side=" + side, network), 400);
      assertThat(refused.path("error").asString()).startsWith("the side of the images");
    }
  }

  @Test
  void whatIsSentBesideIsKnown() throws IOException {
    assertThat(
            lab.post("/api/model-uploads?name=x.onnx&beside=d-none", Divided.digits().network())
                .statusCode())
        .isEqualTo(404);
    assertThat(lab.post("/api/model-files", new byte[] {1}).statusCode()).isEqualTo(400);
  }

  @Test
  void networksOfTheProgramStay() {
    assertThat(lab.delete("/api/models/digits").statusCode()).isEqualTo(400);
    assertThat(lab.delete("/api/models/none").statusCode()).isEqualTo(404);
    assertThat(lab.get("/api/models/digits").statusCode()).isEqualTo(200);
  }
}
