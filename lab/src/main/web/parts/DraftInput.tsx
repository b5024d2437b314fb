import { useState } from "preact/hooks";

/**
 * A text field that is set when it is left or Enter is pressed. What is typed until then is kept when the page is drawn again meanwhile,
 * as every answer of the server does.
 */
export function DraftInput({ value, onCommit, multiline = false, ...attributes }: {
  id: string;
  value: string;
  onCommit: (text: string) => void;
  multiline?: boolean;
  type?: "text" | "number";
  min?: number;
  step?: "any";
  inputMode?: "numeric" | "decimal" | "text";
  "aria-describedby"?: string;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const type = (event: { currentTarget: { value: string } }) => setDraft(event.currentTarget.value);
  const commit = (event: { currentTarget: { value: string } }) => {
    setDraft(null);
    onCommit(event.currentTarget.value);
  };
  const enter = (event: { key: string; currentTarget: { value: string } }) => {
    if (event.key === "Enter") {
      commit(event);
    }
  };
  return multiline
    ? <textarea id={attributes.id} class="input" value={draft ?? value} onInput={type} onChange={commit} />
    : <input {...attributes} class="input" value={draft ?? value} onInput={type} onChange={commit} onKeyDown={enter} />;
}
