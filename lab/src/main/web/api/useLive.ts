import { useEffect, useRef, useState } from "preact/hooks";
import type { Frame } from "./envelope.js";
import { live, type Status } from "./live.js";

export interface LiveValue<T> {
  value: T;
  status: Status;
  message: string;
  /** Whether the value belongs to an older request than the present one. */
  stale: boolean;
}

interface State<T> {
  value: T;
  status: Status;
  message: string;
  /** The request that the status belongs to, and the one that the value belongs to. */
  key: string | null;
  answered: string | null;
}

/**
 * Sends a request whenever the body changes and folds the frames of the response into a value. The
 * old value stays until the first frame of the new response arrives; a null body sends nothing and
 * has no value. A delay lets a moving slider come to rest first. Frames of older requests are
 * dropped, except within a series: while a slider moves, they show its motion. The status belongs
 * to the present body: "waiting" from its change until the request is sent.
 */
export function useLive<T>(
  type: string,
  panel: string,
  body: object | null,
  empty: T,
  fold: (value: T, frame: Frame) => T,
  { delay = 0, series }: { delay?: number; series?: string } = {},
): LiveValue<T> {
  const [state, setState] = useState<State<T>>({ value: empty, status: "idle", message: "", key: null, answered: null });
  const latest = useRef<T>(empty);
  const running = useRef(series);
  running.current = series;
  const key = body === null ? null : JSON.stringify(body);

  useEffect(() => {
    if (key === null) {
      return undefined;
    }
    let current = true;
    let first = true;
    const show = (change: { status: Status; message: string }) => {
      if (current) {
        setState((old) => ({ ...old, ...change, key }));
      }
    };
    const start = () =>
      live.request(type, panel, JSON.parse(key) as object, {
        frame: (frame) => {
          if (!current && (series === undefined || series !== running.current)) {
            return;
          }
          latest.current = fold(first ? empty : latest.current, frame);
          first = false;
          const value = latest.current;
          setState((old) => ({ ...old, value, answered: key }));
        },
        status: (status, message) => show({ status, message }),
      });
    const timer = delay > 0 ? setTimeout(start, delay) : (start(), undefined);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [type, panel, key]);

  if (key === null) {
    return { value: empty, status: "idle", message: "", stale: false };
  }
  const { value, answered } = state;
  const stale = answered !== null && answered !== key;
  return state.key === key ? { value, status: state.status, message: state.message, stale } : { value, status: "waiting", message: "", stale };
}
