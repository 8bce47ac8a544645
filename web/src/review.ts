// The desk of one report: keys, and words marked in the text taken into fields. Without it every button still works; only
// marking needs it.
import { took, watchChanges, watchRows, watchType } from "./coding_form.ts";
import { goToEvidence, marked, moved } from "./marking.ts";
import { around, modified, say, typing } from "./page.ts";

interface Desk { desk: HTMLElement; form: HTMLFormElement; text: HTMLElement }
interface Taking { arm: (button: HTMLElement | null) => void; armed: () => HTMLElement | null; take: (button: HTMLElement) => boolean }

/** Taking words: mark first and press the button, or press the button first and mark then. */
function taking({ desk, form, text }: Desk): Taking {
  let armed: HTMLElement | null = null;
  function arm(button: HTMLElement | null): void {
    armed?.classList.remove("armed");
    armed = button;
    desk.classList.toggle("picking", button !== null);
    button?.classList.add("armed");
    if (button) say("Mark the words in the text");
  }
  /** Whether words were marked. */
  function take(button: HTMLElement): boolean {
    const found = marked(text);
    if (!found) return false;
    if (took(form, button, found)) {
      arm(null);
      getSelection()?.removeAllRanges();
      say(`Took “${found.words.slice(0, 80)}”`);
    } else say("These words are evidence already");
    return true;
  }
  document.addEventListener("click", (event) => {
    const button = around(event, "[data-take]");
    if (button && !take(button)) arm(armed === button ? null : button);
  });
  // A button must not take the selection away before it reads it.
  document.addEventListener("mousedown", (event) => {
    if (around(event, "[data-take], [data-missed]")) event.preventDefault();
  });
  text.addEventListener("mouseup", () => { if (armed) take(armed); });
  return { arm, armed: () => armed, take };
}

/** Words by keys: arrows move a place in the text, Shift marks, Enter takes. Gives what leads into the text. */
function markingByKeys({ form, text }: Desk, { arm, armed, take }: Taking): () => void {
  let last: HTMLElement | null = null;
  document.addEventListener("focusin", (event) => {
    if (event.target instanceof HTMLElement && form.contains(event.target)) last = event.target;
  });
  text.addEventListener("keydown", (event) => {
    const button = armed();
    if (moved(event)) event.preventDefault();
    else if (event.key === "Enter" && button && take(button)) {
      event.preventDefault();
      event.stopPropagation();
      last?.focus();
    } else if (event.key === "Escape") {
      arm(null);
      last?.focus();
    }
  });
  return () => {
    const near = last?.closest(".rv-with, section, [data-party]")?.querySelector<HTMLElement>("[data-take]");
    arm(near ?? form.querySelector<HTMLElement>("[data-take='evidence']"));
    text.focus();
    goToEvidence(text);
  };
}

/** The link to add a missed event bears the words that are marked. */
function missedEvent(text: HTMLElement): HTMLAnchorElement | null {
  const missed = document.querySelector<HTMLAnchorElement>("[data-missed]");
  missed?.addEventListener("click", () => {
    const found = marked(text);
    if (!found) return;
    const address = new URL(missed.href);
    address.searchParams.set("start", String(found.start));
    address.searchParams.set("end", String(found.end));
    missed.href = address.href;
  });
  return missed;
}

/** Keys within a field: Enter sends nothing but a note, Escape leaves. */
function inField(event: KeyboardEvent, form: HTMLFormElement): void {
  const note = around(event, "[data-note]");
  if (event.key === "Escape") (event.target as HTMLElement).blur();
  if (event.key !== "Enter" || !around(event, "input")) return;
  event.preventDefault();
  if (note) form.querySelector<HTMLElement>("[data-note-only]")?.click();
}

function listen({ form, text }: Desk, enterText: () => void): void {
  const missed = missedEvent(text);
  const acts: Record<string, () => void> = {
    e: () => form.querySelector<HTMLElement>("[data-type]")?.focus(),
    n: () => form.querySelector<HTMLElement>("[data-note]")?.focus(),
    m: () => missed?.click(),
    x: enterText,
  };
  for (const key of "aruswzd") acts[key] = () => document.querySelector<HTMLElement>(`[data-key="${key}"]`)?.click();
  document.addEventListener("keydown", (event) => {
    if (modified(event) || event.repeat || document.querySelector("dialog[open]")) return;
    if (typing(event)) return inField(event, form);
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }, true);
  const keys = document.querySelector<HTMLTemplateElement>("#rv-keys"), list = document.querySelector("#keys dl");
  if (keys && list) list.prepend(keys.content.cloneNode(true));
}

/** The evidence is what a reviewer looks at first. */
function showEvidence(text: HTMLElement): void {
  const evidence = text.querySelector("mark");
  if (evidence && evidence.getBoundingClientRect().top > 0.75 * innerHeight) evidence.scrollIntoView({ block: "center" });
}

function begin(): void {
  const desk = document.querySelector<HTMLElement>("[data-desk]");
  const form = document.querySelector<HTMLFormElement>("[data-form]");
  const text = document.getElementById("rv-text");
  if (!desk || !form || !text) return;
  const all = { desk, form, text };
  watchChanges(form);
  watchType(form);
  watchRows(form);
  listen(all, markingByKeys(all, taking(all)));
  showEvidence(text);
}

begin();
