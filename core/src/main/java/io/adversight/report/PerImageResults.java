package io.adversight.report;

import io.adversight.data.Labels;
import io.adversight.study.image.ImageSource;
import java.util.List;
import java.util.Map;

/** Results that are kept in one folder per image. */
public interface PerImageResults extends ImageResults {
  /** The folders of the single images. */
  PerImageFolders folders();

  @Override
  default void expect(List<String> names) {
    folders().expect(names);
  }

  @Override
  default boolean isDone(ImageSource image, Labels labels) {
    return folders().isDone(image, labels);
  }

  @Override
  default void leaveOut(String name, String reason) {
    folders().leaveOut(name, reason);
  }

  @Override
  default Map<String, String> leftOut() {
    return folders().leftOut();
  }

  @Override
  default void abandon() {
    folders().abandon();
  }
}
