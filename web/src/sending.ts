// A form that writes is sent once: a key or button pressed twice in haste makes one decision, not two.

/** Milliseconds after which a form that led nowhere may be sent again. */
const PATIENCE = 10_000;

export function sendOnce(): void {
  const sent = new WeakMap<HTMLFormElement, number>();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
    if (performance.now() - (sent.get(form) ?? -Infinity) < PATIENCE) event.preventDefault();
    else sent.set(form, performance.now());
  });
  // Back may show the page as it was left.
  addEventListener("pageshow", (event) => { if (event.persisted) for (const form of document.forms) sent.delete(form); });
}
