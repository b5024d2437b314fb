package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.adversight.tensor.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many moves and many users; {@code -Dlab.load.seconds=60} makes the latter stay a minute. */
class LoadTest {
  private static final int SESSIONS = 50;
  private static final long SECONDS = Long.getLong("lab.load.seconds", 5);
  private static final long GROWTH_BYTES = 150L << 20;
  private static LabClient lab;

  @TempDir static Path home;

  @BeforeAll
  static void start() {
    lab = LabClient.start(home);
    try (LiveClient live = lab.live()) {
      live.askLast(move(1, 0.1, "fgsm"));
    }
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static String move(int request, double epsilon, String attack) {
    return """
    {"type":"update","panel":"p","request":%s,"state":{"model":"digits",
    "image":"s-digit-%s","attack":{"id":"%s"},"epsilon":%s}}\
    """
        .formatted(request, request % 10, attack, epsilon);
  }

  @Test
  void aThousandMovesLeaveMemoryFlatAndDrawTheLastOne() {
    try (LiveClient live = lab.live()) {
      slide(live, 0, 1000);
      for (int trial = 1; trial <= 4; trial++) {
        System.gc();
        long before = Engine.residentBytes();
        slide(live, 1000 * trial, 1000);
        System.gc();
        if (Engine.residentBytes() - before < GROWTH_BYTES) {
          return; // what is set up once may grow once, a leak grows every time
        }
      }
      fail("the memory grows by more than %d MiB each time", GROWTH_BYTES >> 20);
    }
  }

  private static void slide(LiveClient live, int first, int moves) {
    for (int i = 1; i <= moves; i++) {
      live.send(move(first + i, 0.3 * i / moves, "fgsm"));
    }
    long newest = 0;
    int drawn = 0;
    while (newest < first + moves) {
      LiveClient.Received frame = live.next();
      assertThat(frame.type()).isEqualTo("update");
      long number = frame.header().path("request").asLong();
      assertThat(number).isGreaterThan(newest);
      newest = number;
      drawn++;
    }
    assertThat(newest).isEqualTo(first + moves);
    assertThat(drawn).isLessThan(moves);
    assertThat(live.frames).isEmpty();
  }

  @Test
  void aNewerQuestionTakesThePlaceOfASlowOne() {
    try (LiveClient live = lab.live()) {
      live.send(
          move(1, 0.1, "carlini-wagner").replace("\"epsilon\"", "\"norm\":\"l2\",\"epsilon\""));
      live.send(move(2, 0.1, "fgsm"));
      LiveClient.Received answer = live.next();
      while (answer.type().equals("cancelled")) {
        answer = live.next();
      }
      assertThat(answer.type()).isEqualTo("update");
      assertThat(answer.header().path("request").asLong()).isEqualTo(2);
      assertThat(live.frames).isEmpty();
    }
  }

  @Test
  void fiftyUsersGetAnswersOrAreToldThatTheServerIsBusy() throws InterruptedException {
    Set<String> others = new ConcurrentSkipListSet<>();
    AtomicInteger answers = new AtomicInteger();
    AtomicInteger busy = new AtomicInteger();
    round(2, others, answers, busy);
    long growth = Long.MAX_VALUE;
    for (int trial = 0; trial < 3 && growth >= GROWTH_BYTES; trial++) {
      System.gc();
      long before = Engine.residentBytes();
      round(SECONDS, others, answers, busy);
      System.gc();
      growth = Engine.residentBytes() - before;
      System.out.printf(
          "%d users, %d s: %d answers, %d times busy, growth %d MiB%n",
          SESSIONS, SECONDS, answers.get(), busy.get(), growth >> 20);
    }
    assertThat(new TreeSet<>(others)).isEmpty();
    assertThat(answers.get()).isGreaterThanOrEqualTo(2 * SESSIONS);
    assertThat(growth).isLessThan(GROWTH_BYTES);
  }

  private static void round(
      long seconds, Set<String> others, AtomicInteger answers, AtomicInteger busy)
      throws InterruptedException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<Thread> sessions = new ArrayList<>();
    for (int v = 0; v < SESSIONS; v++) {
      int number = v;
      Thread session =
          new Thread(
              () -> {
                try (LiveClient live = lab.live()) {
                  boolean answered = false;
                  for (int i = 1; System.nanoTime() < end || !answered; i++) {
                    double epsilon = ((number * 31 + i) % 100) / 400.0;
                    String type = live.askLast(move(i, epsilon, "fgsm")).type();
                    if (type.equals("update")) {
                      answered = true;
                      answers.incrementAndGet();
                    } else if (type.equals("busy")) {
                      busy.incrementAndGet();
                    } else {
                      others.add(type);
                    }
                  }
                } catch (RuntimeException | AssertionError e) {
                  others.add(e.toString());
                }
              });
      sessions.add(session);
      session.start();
    }
    for (Thread session : sessions) {
      session.join();
    }
  }
}
