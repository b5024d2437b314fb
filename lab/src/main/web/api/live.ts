import { Frame } from "./envelope.js";

export type Status = "idle" | "waiting" | "running" | "done" | "failed" | "busy" | "cancelled";

/** Whether the answer is still to come. */
export function isUnderWay(status: Status): boolean {
  return status === "waiting" || status === "running" || status === "busy";
}

/** Receives the frames and the status of a request. */
interface Listener {
  frame(frame: Frame): void;
  status(status: Status, message: string): void;
}

interface PendingRequest {
  request: number;
  type: string;
  panel: string;
  body: object;
  listener: Listener;
  sent: number;
}

/** A newer request replaces a running one after this many milliseconds. */
const IDLE_TIME = 250;
const RETRY = 1000;

/**
 * The live connection. For each panel and kind of work one request is under way and at most one
 * waits, always the newest; frames of older requests are dropped. After a break it connects again
 * and repeats the requests without an answer.
 */
class Live {
  private socket: WebSocket | null = null;
  private next = 1;
  private pause = 250;
  private readonly running = new Map<string, PendingRequest>();
  private readonly waiting = new Map<string, PendingRequest>();
  private readonly watchers = new Set<(connected: boolean) => void>();

  request(type: string, panel: string, body: object, listener: Listener): void {
    const pending = { request: this.next++, type, panel, body, listener, sent: 0 };
    const key = keyOf(pending);
    const running = this.running.get(key);
    const patient = type === "update" && running && performance.now() - running.sent < IDLE_TIME;
    if (patient) {
      this.waiting.set(key, pending);
      setTimeout(() => this.promote(key, pending), IDLE_TIME);
    } else {
      this.waiting.delete(key);
      this.start(key, pending);
    }
  }

  /** Stops a kind of work of a panel, or all of a panel's. */
  cancel(panel: string, type?: string): void {
    for (const requests of [this.running, this.waiting]) {
      for (const [key, pending] of requests) {
        if (pending.panel === panel && (type === undefined || pending.type === type)) {
          requests.delete(key);
          pending.listener.status("cancelled", "");
        }
      }
    }
    this.write(type === undefined ? { type: "cancel", panel } : { type: "cancel", panel, of: type });
  }

  watch(watcher: (connected: boolean) => void): void {
    this.watchers.add(watcher);
    this.connect();
  }

  private promote(key: string, pending: PendingRequest): void {
    if (this.waiting.get(key) === pending) {
      this.waiting.delete(key);
      this.start(key, pending);
    }
  }

  private start(key: string, pending: PendingRequest): void {
    pending.sent = performance.now();
    this.running.set(key, pending);
    pending.listener.status("running", "");
    this.connect();
    this.write({ ...pending.body, type: pending.type, panel: pending.panel, request: pending.request });
  }

  private write(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(message));
    }
  }

  private connect(): void {
    if (this.socket) {
      return;
    }
    const address = new URL("api/live", document.baseURI);
    address.protocol = address.protocol.replace("http", "ws");
    address.hash = "";
    const socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => {
      this.pause = 250;
      this.watchers.forEach((watcher) => watcher(true));
      for (const [key, pending] of [...this.running]) {
        this.start(key, pending);
      }
    };
    socket.onmessage = (event) => this.receive(new Frame(event.data as ArrayBuffer));
    socket.onclose = () => {
      this.socket = null;
      this.watchers.forEach((watcher) => watcher(false));
      setTimeout(() => this.connect(), this.pause);
      this.pause = Math.min(2 * this.pause, 5000);
    };
  }

  private receive(frame: Frame): void {
    const { type, of, panel, request, final, error } = frame.header;
    const key = `${panel}/${of ?? type}`;
    const pending = this.running.get(key);
    if (!pending || pending.request !== request) {
      return;
    }
    if (type === "busy") {
      pending.listener.status("busy", error ?? "");
      setTimeout(() => this.running.get(key) === pending && this.start(key, pending), RETRY);
      return;
    }
    if (type === "error") {
      pending.listener.status("failed", error ?? "");
    } else if (type === "cancelled") {
      pending.listener.status("cancelled", "");
    } else {
      pending.listener.frame(frame);
    }
    if (final) {
      this.running.delete(key);
      if (type === pending.type) {
        pending.listener.status("done", "");
      }
      const newer = this.waiting.get(key);
      if (newer) {
        this.promote(key, newer);
      }
    }
  }
}

function keyOf(pending: PendingRequest): string {
  return `${pending.panel}/${pending.type}`;
}

export const live = new Live();
