import { render } from "preact";
import { messageOf } from "./api/http.js";
import { App } from "./shell/App.js";
import { load } from "./state/lab.js";
import { applyTheme, currentTheme } from "./theme.js";

applyTheme(currentTheme(), false);
const place = document.getElementById("app");

async function start(at: HTMLElement): Promise<void> {
  try {
    await load();
    at.replaceChildren();
    render(<App />, at);
  } catch (problem) {
    at.replaceChildren(Object.assign(document.createElement("p"), { className: "opening", textContent: messageOf(problem) }));
  }
}

if (place) {
  void start(place);
}
