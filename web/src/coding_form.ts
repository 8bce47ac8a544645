// The fields of one report: what was changed, values taken from marked words, evidence and parties added and removed.
import type { Marked } from "./marking.ts";
import { all, around } from "./page.ts";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function valueOf(field: Field): string | boolean {
  return field instanceof HTMLInputElement && field.type === "checkbox" ? field.checked : field.value;
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return all<Field>("input, select, textarea", form);
}

/** Says that fields are changed: they are saved with the verdict. */
export function tellChanged(form: HTMLFormElement): void {
  const note = form.querySelector<HTMLElement>("[data-changed]");
  if (note) note.hidden = false;
}

export function watchChanges(form: HTMLFormElement): void {
  const initial = new Map(fieldsOf(form).map((field) => [field, valueOf(field)]));
  form.addEventListener("input", (event) => {
    const field = event.target as Field;
    if (field.name === "note" || !field.name) return;
    field.classList.toggle("dirty", initial.get(field) !== valueOf(field));
    tellChanged(form);
  });
}

function fill(select: HTMLSelectElement, values: string, ...before: HTMLOptionElement[]): void {
  const held = select.value, names = values.split(" ").filter(Boolean);
  select.replaceChildren(...before, ...names.map((name) => new Option(name.replaceAll("_", " "), name)));
  if ([...select.options].some((option) => option.value === held)) select.value = held;
}

function blankParty(form: HTMLFormElement): DocumentFragment {
  return (form.querySelector("[data-blank]") as HTMLTemplateElement).content;
}

/** Another type has other modes and roles. */
export function watchType(form: HTMLFormElement): void {
  const type = form.querySelector("[data-type]") as HTMLSelectElement;
  type.addEventListener("change", () => {
    const { modes = "", roles = "" } = type.selectedOptions[0]?.dataset ?? {};
    fill(form.querySelector("[data-mode]") as HTMLSelectElement, modes, new Option("none told", ""));
    for (const place of [form, blankParty(form)]) {
      for (const select of all<HTMLSelectElement>("select[data-roles]", place)) fill(select, roles);
    }
  });
}

function setValue(field: Field | null, value: string): void {
  if (!field) return;
  field.value = value.replace(/\s+/g, " ");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function takeForParty(row: HTMLElement, name: string, found: Marked): void {
  const field = (part: string): Field => row.querySelector(`[name="party.${part}"]`) as Field;
  if (name !== "mention") return setValue(field(name), found.words);
  field("mention").value = found.words;
  field("start").value = String(found.start);
  field("end").value = String(found.end);
  field("mention").classList.add("dirty");
}

/** Whether the words were added: words that are evidence already are not added twice. */
function addEvidence(form: HTMLFormElement, { start, end, words }: Marked): boolean {
  const rows = all<HTMLInputElement>("[data-evidence] input", form);
  if (rows.some((row) => row.value.startsWith(`${start}:${end}:`))) return false;
  const row = document.createElement("li"), quote = document.createElement("q");
  const value = document.createElement("input"), drop = document.createElement("button");
  quote.textContent = words;
  Object.assign(value, { type: "hidden", name: "evidence", value: `${start}:${end}:${words}` });
  Object.assign(drop, { type: "button", className: "rv-drop", textContent: "×" });
  drop.dataset.drop = "";
  drop.setAttribute("aria-label", "Remove this evidence");
  row.append(quote, value, drop);
  form.querySelector("[data-evidence]")?.append(row);
  return true;
}

/** Gives the marked words to the field of a button; whether that changed anything. */
export function took(form: HTMLFormElement, button: HTMLElement, found: Marked): boolean {
  const name = button.dataset.take ?? "", row = button.closest<HTMLElement>("[data-party]");
  if (name === "evidence") {
    if (!addEvidence(form, found)) return false;
  } else if (row) takeForParty(row, name, found);
  else setValue(form.elements.namedItem(name) as Field | null, found.words);
  tellChanged(form);
  return true;
}

/** Removes the row of a button, or adds an empty party. */
export function watchRows(form: HTMLFormElement): void {
  document.addEventListener("click", (event) => {
    const drop = around(event, "[data-drop]");
    if (drop) {
      drop.closest("li, [data-party]")?.remove();
      tellChanged(form);
    } else if (around(event, "[data-more]")) {
      form.querySelector("[data-parties]")?.append(blankParty(form).cloneNode(true));
      form.querySelector<HTMLElement>("[data-parties] > :last-child [name='party.actor']")?.focus();
    }
  });
}
