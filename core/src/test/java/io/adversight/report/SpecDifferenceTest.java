package io.adversight.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SpecDifferenceTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static String between(String there, String here) {
    return SpecDifference.between(MAPPER.readTree(there), MAPPER.readTree(here));
  }

  @Test
  void namesTheFieldsThatDiffer() {
    assertThat(
            between("{'norm':'LINF','seed':1}".replace('\'', '"'), "{\"norm\":\"L2\",\"seed\":1}"))
        .isEqualTo("norm is \"LINF\" there and \"L2\" here");
    assertThat(between("{\"a\":{\"b\":1}}", "{\"a\":{\"b\":2},\"c\":[1]}"))
        .isEqualTo("a.b is 1 there and 2 here, c is not given there and [1] here");
    assertThat(between("{\"a\":1,\"b\":1,\"c\":1,\"d\":1}", "{}")).endsWith(" and 1 more");
  }
}
