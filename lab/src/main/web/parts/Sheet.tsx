import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "./icons.js";

/** A dialog over the page; Escape closes it and the focus goes back to where it was. */
export function Sheet({ title, narrow, onClose, children }: {
  title: string;
  narrow?: boolean;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const gone = useRef(false);
  const id = useId();
  useLayoutEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      gone.current = true;
      shown?.close(); // what is behind an open dialog takes no focus
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`sheet${narrow ? " narrow" : ""}`}
      aria-labelledby={id}
      onClose={() => !gone.current && onClose()}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="sheet-head">
        <h2 id={id}>{title}</h2>
        <button type="button" class="button quiet square" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div class="sheet-body" tabIndex={-1}>{children}</div>
    </dialog>
  );
}
