package io.adversight.lab.live;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** The WebSocket to one browser; slow clients are disconnected. */
final class JettyConnection implements LiveSession.Connection {
  private static final int GOING_AWAY = 1001;
  private static final long BYTES_AT_MOST = 64L << 20;

  private final Session session;
  private final AtomicLong pending = new AtomicLong();

  JettyConnection(Session session) {
    this.session = session;
  }

  @Override
  public CompletableFuture<Void> send(ByteBuffer bytes) {
    long length = bytes.remaining();
    if (pending.addAndGet(length) > BYTES_AT_MOST) {
      close("the connection is too slow");
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    session.sendBinary(
        bytes,
        Callback.from(
            () -> {
              pending.addAndGet(-length);
              sent.complete(null);
            },
            failure -> {
              pending.addAndGet(-length);
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
