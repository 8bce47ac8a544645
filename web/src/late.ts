/** Loads htmx after the first painting: it looks at every element of a page, as long as drawing a large map takes. */
export function loadHtmxLate(): void {
  const address = (document.currentScript as HTMLScriptElement).dataset["htmx"];
  if (!address) throw new Error("base.html names no script of htmx");
  addEventListener("load", () => requestAnimationFrame(() => setTimeout(() => {
    const script = document.createElement("script");
    script.src = address;
    document.head.append(script);
  })));
}
