package io.adversight.lab.live;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** The way to one browser; who lets too much pile up is hung up on. */
final class SessionLine implements Visitor.Line {
  private static final int GOING_AWAY = 1001;
  private static final long BYTES_AT_MOST = 64L << 20;

  private final Session session;
  private final AtomicLong onTheirWay = new AtomicLong();

  SessionLine(Session session) {
    this.session = session;
  }

  @Override
  public CompletableFuture<Void> send(ByteBuffer bytes) {
    long length = bytes.remaining();
    if (onTheirWay.addAndGet(length) > BYTES_AT_MOST) {
      close("the connection is too slow");
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    session.sendBinary(
        bytes,
        Callback.from(
            () -> {
              onTheirWay.addAndGet(-length);
              sent.complete(null);
            },
            failure -> {
              onTheirWay.addAndGet(-length);
              sent.completeExceptionally(failure);
            }));
    return sent;
  }

  @Override
  public void post(ByteBuffer bytes) {
    CompletableFuture<Void> unused = send(bytes);
  }

  @Override
  public void close(String reason) {
    session.close(GOING_AWAY, reason, Callback.NOOP);
  }
}
