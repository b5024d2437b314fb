package io.adversight.report.image;

import io.adversight.file.AtomicFile;
import io.adversight.report.format.HtmlPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The {@code report.html} of a folder whose images speak for themselves. */
public final class ImagesPage {
  private static final int SHOWN = 240;

  /** An image file with what is said of it. */
  public record Captioned(Path file, String caption) {}

  private ImagesPage() {}

  /**
   * Writes the page of some images beneath a folder.
   *
   * @param facts what is known of all of them
   * @return the page
   */
  public static Path write(
      Path folder, String title, Map<String, String> facts, List<Captioned> images) {
    String page =
        HtmlPage.of(
            title,
            facts,
            content -> {
              content.open(images.size() == 1 ? "1 image" : images.size() + " images");
              content.append("<div class=\"gallery\">");
              for (Captioned image : images.subList(0, Math.min(SHOWN, images.size()))) {
                byte[] file = Files.readAllBytes(image.file());
                if (HtmlPage.isSmall(file)) {
                  content.figure(file, image.caption(), "");
                } else {
                  content.wide(file, image.caption());
                }
              }
              content.append("</div>");
              if (images.size() > SHOWN) {
                content.note("The page shows the first %s; the folder holds all.".formatted(SHOWN));
              }
              content.close();
            });
    Path report = folder.resolve("report.html");
    AtomicFile.write(report, page);
    return report;
  }
}
