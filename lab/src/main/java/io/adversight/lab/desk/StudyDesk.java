package io.adversight.lab.desk;

/** Studies. */
public final class StudyDesk {
  static final int PICTURES_AT_MOST = 10_000;

  private StudyDesk() {}
}
