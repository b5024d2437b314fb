import { useEffect } from "preact/hooks";
import { Icon } from "../parts/icons.js";
import { store } from "../state/lab.js";

const STAYS = 7000;

/** One message at the edge of the page; a problem stays until it is closed. */
export function Notice() {
  const notice = store.use((state) => state.notice);
  const close = () => store.set((state) => ({ ...state, notice: null }));
  useEffect(() => {
    const timer = notice && !notice.strong ? setTimeout(close, STAYS) : undefined;
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div class="notice-place" role="status">
      {notice && (
        <div class={`notice card${notice.strong ? " strong" : ""}`}>
          <span>{notice.text}</span>
          <button type="button" class="button quiet square" aria-label="Close the message" onClick={close}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
