// Selections kept in this browser by a name: the query string of Explore, nothing else.
import { all, nowAndAfterSwaps, say } from "./page.ts";

interface Selection { name: string; query: string }

function isSelection(one: unknown): one is Selection {
  const told = one as Partial<Selection> | null;
  return typeof told?.name === "string" && typeof told.query === "string";
}

function saved(): Selection[] {
  try {
    const held: unknown = JSON.parse(localStorage.getItem("selections") ?? "[]");
    return Array.isArray(held) ? held.filter(isSelection) : [];
  } catch { return []; }
}

function keep(held: Selection[]): void {
  try { localStorage.setItem("selections", JSON.stringify(held)); } catch { say("This browser keeps nothing"); }
  list();
}

function without(name: string): Selection[] {
  return saved().filter((other) => other.name !== name);
}

function itemOf({ name, query }: Selection): HTMLElement {
  const link = document.createElement("a"), remove = document.createElement("button"), item = document.createElement("li");
  link.textContent = name;
  link.href = `/explore?${new URLSearchParams(query)}`;
  Object.assign(remove, { type: "button", className: "button small", textContent: "Remove" });
  remove.setAttribute("aria-label", `Remove ${name}`);
  remove.addEventListener("click", (event) => {
    event.stopPropagation();
    keep(without(name));
  });
  item.append(link, remove);
  return item;
}

function list(): void {
  const held = saved();
  for (const place of all("[data-saved]")) place.replaceChildren(...held.map(itemOf));
}

function save(form: HTMLFormElement): void {
  const field = form.elements.namedItem("name") as HTMLInputElement, name = field.value.trim();
  if (!name) return;
  const query = new URLSearchParams(location.search);
  query.delete("page");
  keep([...without(name), { name, query: query.toString() }]);
  field.value = "";
  say(`Saved ${name}`);
}

export function keepSelections(): void {
  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLFormElement) || !event.target.matches("[data-save]")) return;
    event.preventDefault();
    save(event.target);
  });
  nowAndAfterSwaps(list);
}
