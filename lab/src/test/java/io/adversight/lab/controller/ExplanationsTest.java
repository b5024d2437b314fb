package io.adversight.lab.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.lab.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExplanationsTest {
  @Test
  void explainOnlyWhatIsInTheCatalogue() {
    Set<String> ids = Catalog.entries().stream().map(Entry::id).collect(Collectors.toSet());
    assertThat(ids).containsAll(Explanations.all().propertyNames());
  }

  @Test
  void everyDefenseAndMostMethodsHaveAFormula() {
    JsonNode all = Explanations.all();
    for (Kind kind : List.of(Kind.DEFENSE, Kind.IMAGE_SALIENCY)) {
      for (Entry<?> entry : Catalog.entries(kind)) {
        assertThat(all.has(entry.id())).as(entry.id()).isTrue();
      }
    }
    for (JsonNode entry : Json.tree(Explanations.text())) {
      assertThat(entry.path("formula").isString()).isTrue();
      assertThat(entry.path("lookFor").isString()).isTrue();
    }
  }

  @Test
  void papersAreReadWithTheirAccents() {
    Map<String, Bibliography.Paper> papers =
        Bibliography.parse(
            """
            @inproceedings{smith2020,
              author = {Ciss{\\'e}, Moustapha and M{\\"u}ller, {\\L}ukasz},
              title = {The {DeepFool} Attack},
              booktitle = {A Conference},
              pages = {1--2},
              year = {2020}
            }
            """);
    assertThat(papers.get("smith2020"))
        .isEqualTo(
            new Bibliography.Paper(
                "Ciss\u00e9, Moustapha and M\u00fcller, \u0141ukasz",
                "The DeepFool Attack",
                "A Conference",
                "2020",
                ""));
  }
}
