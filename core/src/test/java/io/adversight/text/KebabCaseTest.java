package io.adversight.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KebabCaseTest {
  @Test
  void setsHyphensBetweenWordsAndAcronyms() {
    assertThat(KebabCase.of("GradCam")).isEqualTo("grad-cam");
    assertThat(KebabCase.of("Fgsm")).isEqualTo("fgsm");
    assertThat(KebabCase.of("InputXGradient")).isEqualTo("input-x-gradient");
    assertThat(KebabCase.of("XGradCam")).isEqualTo("x-grad-cam");
  }
}
