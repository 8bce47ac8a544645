// Words marked in the text of a document, and where they stand there.

export interface Marked { start: number; end: number; words: string }

/** How many code points a string has: offsets count them, as the record does. */
function points(string: string): number {
  let number = 0;
  for (const _ of string) number += 1;
  return number;
}

/** The words that are marked in the text, without white space around them; null for none. */
export function marked(text: HTMLElement): Marked | null {
  const chosen = getSelection();
  if (!chosen?.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const all = range.toString(), words = all.trim();
  if (!words) return null;
  const start = points(before.toString()) + points(all.slice(0, all.indexOf(words)));
  return { start, end: start + points(words), words };
}

const WAYS: Record<string, [direction: string, unit: string]> = {
  ArrowRight: ["forward", "word"], ArrowLeft: ["backward", "word"],
  ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"],
};

/** Moves the place in the text, or marks with Shift; whether the key does so. */
export function moved(event: KeyboardEvent): boolean {
  const way = WAYS[event.key];
  if (way) getSelection()?.modify(event.shiftKey ? "extend" : "move", ...way);
  return way !== undefined;
}

/** Puts the place where the evidence begins, or the text. */
export function goToEvidence(text: HTMLElement): void {
  const first = text.querySelector("mark")?.firstChild ?? text.firstChild;
  if (first) getSelection()?.collapse(first.nodeType === Node.TEXT_NODE ? first : first.firstChild ?? text, 0);
}
