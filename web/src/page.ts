// What every script asks of the page.

/** The element of an id, which every page has. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element #${id} on this page`);
  return found;
}

/** The dialog that lists the keys. */
export function keysDialog(): HTMLDialogElement {
  return byId("keys") as HTMLDialogElement;
}

/** Tells a short message to the eye and to screen readers. */
export function say(words: string): void {
  byId("said").textContent = words;
}

/** The nearest element around the target of an event that a selector fits. */
export function around<E extends Element = HTMLElement>(event: Event, selector: string): E | null {
  return event.target instanceof Element ? event.target.closest<E>(selector) : null;
}

export function all<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E[] {
  return [...within.querySelectorAll<E>(selector)];
}

/** Whether the target of an event takes what is typed. */
export function typing(event: Event): boolean {
  return around(event, "input, textarea, select, [contenteditable]") !== null;
}

/** Whether a key is pressed together with one that makes it the browser's. */
export function modified(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey;
}

/** Done now, and whenever htmx has put something new into the page. */
export function nowAndAfterSwaps(act: () => void): void {
  document.addEventListener("htmx:afterSettle", act);
  act();
}
