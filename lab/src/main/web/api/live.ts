import { Frame } from "./envelope.js";

export type Status = "idle" | "waiting" | "running" | "done" | "failed" | "busy" | "cancelled";

/** Whether the answer is still to come. */
export function isUnderWay(status: Status): boolean {
  return status === "waiting" || status === "running" || status === "busy";
}

/** Who asked, and what is told to them. */
interface Listener {
  frame(frame: Frame): void;
  status(status: Status, message: string): void;
}

interface Asked {
  request: number;
  type: string;
  panel: string;
  body: object;
  listener: Listener;
  sent: number;
}

/** A slow answer is not waited for longer than this when something newer is wanted. */
const IDLE_TIME = 250;
const RETRY = 1000;

/**
 * The live connection. For each panel and kind of work one request is under way and at most one
 * waits, always the newest; frames of older requests are dropped. After a break it connects again
 * and asks again for what was not answered.
 */
class Live {
  private socket: WebSocket | null = null;
  private next = 1;
  private pause = 250;
  private readonly flying = new Map<string, Asked>();
  private readonly waiting = new Map<string, Asked>();
  private readonly watchers = new Set<(connected: boolean) => void>();

  ask(type: string, panel: string, body: object, listener: Listener): void {
    const asked = { request: this.next++, type, panel, body, listener, sent: 0 };
    const key = keyOf(asked);
    const flying = this.flying.get(key);
    const patient = type === "update" && flying && performance.now() - flying.sent < IDLE_TIME;
    if (patient) {
      this.waiting.set(key, asked);
      setTimeout(() => this.promote(key, asked), IDLE_TIME);
    } else {
      this.waiting.delete(key);
      this.fly(key, asked);
    }
  }

  /** Stops a kind of work of a panel, or all of a panel's. */
  cancel(panel: string, type?: string): void {
    for (const pending of [this.flying, this.waiting]) {
      for (const [key, asked] of pending) {
        if (asked.panel === panel && (type === undefined || asked.type === type)) {
          pending.delete(key);
          asked.listener.status("cancelled", "");
        }
      }
    }
    this.write(type === undefined ? { type: "cancel", panel } : { type: "cancel", panel, of: type });
  }

  watch(watcher: (connected: boolean) => void): void {
    this.watchers.add(watcher);
    this.connect();
  }

  private promote(key: string, asked: Asked): void {
    if (this.waiting.get(key) === asked) {
      this.waiting.delete(key);
      this.fly(key, asked);
    }
  }

  private fly(key: string, asked: Asked): void {
    asked.sent = performance.now();
    this.flying.set(key, asked);
    asked.listener.status("running", "");
    this.connect();
    this.write({ ...asked.body, type: asked.type, panel: asked.panel, request: asked.request });
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
      for (const [key, asked] of [...this.flying]) {
        this.fly(key, asked);
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
    const asked = this.flying.get(key);
    if (!asked || asked.request !== request) {
      return;
    }
    if (type === "busy") {
      asked.listener.status("busy", error ?? "");
      setTimeout(() => this.flying.get(key) === asked && this.fly(key, asked), RETRY);
      return;
    }
    if (type === "error") {
      asked.listener.status("failed", error ?? "");
    } else if (type === "cancelled") {
      asked.listener.status("cancelled", "");
    } else {
      asked.listener.frame(frame);
    }
    if (final) {
      this.flying.delete(key);
      if (type === asked.type) {
        asked.listener.status("done", "");
      }
      const newer = this.waiting.get(key);
      if (newer) {
        this.promote(key, newer);
      }
    }
  }
}

function keyOf(asked: Asked): string {
  return `${asked.panel}/${asked.type}`;
}

export const live = new Live();
