package io.adversight.lab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.data.DrawnDigits;
import io.adversight.image.ImageFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.NoSuchElementException;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {
  @TempDir Path folder;
  private ImageStore store;

  @BeforeEach
  void putOneImage() throws IOException {
    ImageFiles.writePng(DrawnDigits.draw(1, 1), folder.resolve("one.png"));
    Files.writeString(folder.resolve("._one.png"), "what a Mac leaves beside a file");
    store = new ImageStore(Optional.of(folder));
  }

  @Test
  void hiddenFilesAreNoImages() {
    assertThat(store.folder()).extracting(ImageInfo::name).containsExactly("one.png");
  }

  /** The folder is moved away, so that whoever reads it again finds nothing. */
  @Test
  void aKnownImageIsFoundWithoutReadingTheFolderAgain() throws IOException {
    String id = store.folder().get(0).id();
    assertThat(store.raster(id).width()).isEqualTo(28);
    Path moved = folder.resolveSibling("moved");
    Files.move(folder, moved);
    assertThat(store.name(id)).isEqualTo("one.png");
    Files.move(moved, folder);
  }

  @Test
  void anImageThatComesLaterIsFound() throws IOException {
    String known = store.folder().get(0).id();
    ImageStore other = new ImageStore(Optional.of(folder));
    assertThat(other.name(known)).isEqualTo("one.png");
    assertThatThrownBy(() -> other.name("f-0000000000000000"))
        .isInstanceOf(NoSuchElementException.class);
    ImageFiles.writePng(DrawnDigits.draw(2, 1), folder.resolve("two.png"));
    Files.setLastModifiedTime(folder, FileTime.fromMillis(1));
    String later = new ImageStore(Optional.of(folder)).folder().get(1).id();
    assertThat(other.name(later)).isEqualTo("two.png");
  }

  @Test
  void anUploadOfMorePixelsThanAreKeptIsReduced() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(4000, 2501, BufferedImage.TYPE_BYTE_GRAY), "png", file);
    ImageInfo info = store.add(file.toByteArray(), "large.png", Optional.empty());
    assertThat(info.width()).isEqualTo(2000);
    assertThat(info.height()).isEqualTo(1251);
    assertThat(store.raster(info.id()).width()).isEqualTo(2000);
  }
}
