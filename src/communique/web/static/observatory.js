// Built from web/src/observatory.ts by `make web`; change that file, not this one.
"use strict";
(function() {
	// src/page.ts
	/** The element of an id, which every page has. */
	function byId(id) {
		const found = document.getElementById(id);
		if (!found) throw new Error(`no element #${id} on this page`);
		return found;
	}
	/** The dialog that lists the keys. */
	function keysDialog() {
		return byId("keys");
	}
	/** Tells a short message to the eye and to screen readers. */
	function say(words) {
		byId("said").textContent = words;
	}
	/** The nearest element around the target of an event that a selector fits. */
	function around(event, selector) {
		return event.target instanceof Element ? event.target.closest(selector) : null;
	}
	function all(selector, within = document) {
		return [...within.querySelectorAll(selector)];
	}
	/** Whether the target of an event takes what is typed. */
	function typing(event) {
		return around(event, "input, textarea, select, [contenteditable]") !== null;
	}
	/** Whether a key is pressed together with one that makes it the browser's. */
	function modified(event) {
		return event.ctrlKey || event.metaKey || event.altKey;
	}
	/** Done now, and whenever htmx has put something new into the page. */
	function nowAndAfterSwaps(act) {
		document.addEventListener("htmx:afterSettle", act);
		act();
	}
	// src/brush.ts
	var DAY = 864e5;
	/** Pixels that the pointer moves before it is a brush and not a click. */
	var LEAST = 5;
	function ends({ from, to }) {
		return from < to ? [from, to] : [to, from];
	}
	function isBrush({ from, to }) {
		return Math.abs(to - from) >= LEAST;
	}
	function within(value, most) {
		return Math.max(0, Math.min(most, value));
	}
	function draw(brush) {
		const box = brush.lanes.getBoundingClientRect(), mark = brush.lanes.querySelector("[data-brush]");
		const [left, right] = ends(brush).map((x) => within(x - box.left, box.width));
		mark?.setAttribute("x", String(left));
		mark?.setAttribute("width", String(right - left));
	}
	/** The first and the last day under a brush, as in addresses. */
	function days(brush) {
		const box = brush.lanes.getBoundingClientRect(), { first = "", last = "" } = brush.figure.dataset;
		const begin = Date.parse(first), span = Date.parse(last) - begin + DAY;
		return ends(brush).map((x) => {
			const at = begin + within((x - box.left) / box.width, 1) * span;
			return new Date(Math.min(begin + span - DAY, at)).toISOString().slice(0, 10);
		});
	}
	function follow(brush) {
		const address = new URL(location.href), [since, until] = days(brush);
		address.searchParams.set("since", since);
		address.searchParams.set("until", until);
		address.searchParams.delete("page");
		location.assign(address);
	}
	function listenForBrush() {
		let brush = null;
		document.addEventListener("pointerdown", (event) => {
			const figure = around(event, "[data-timeline]"), lanes = around(event, ".lanes");
			if (figure && lanes && event.button === 0) brush = {
				figure,
				lanes,
				from: event.clientX,
				to: event.clientX
			};
		});
		document.addEventListener("pointermove", (event) => {
			if (!brush) return;
			brush.to = event.clientX;
			if (!isBrush(brush)) return;
			event.preventDefault();
			draw(brush);
		});
		document.addEventListener("pointerup", () => {
			const done = brush;
			brush = null;
			if (done && isBrush(done)) follow(done);
		});
		document.addEventListener("dragstart", (event) => {
			if (around(event, ".lanes")) event.preventDefault();
		});
		document.addEventListener("click", (event) => {
			const mark = around(event, ".lanes")?.querySelector("[data-brush]");
			if (mark && Number(mark.getAttribute("width")) > 0) event.preventDefault();
		}, true);
	}
	// src/buttons.ts
	var root = document.documentElement;
	function switchTheme() {
		const chosen = (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches) ? "light" : "dark";
		root.dataset.theme = chosen;
		try {
			localStorage.setItem("theme", chosen);
		} catch {}
	}
	function showKeys() {
		keysDialog().showModal();
	}
	function unfold(button) {
		const open = button.getAttribute("aria-expanded") !== "true";
		button.setAttribute("aria-expanded", String(open));
		byId(button.getAttribute("aria-controls") ?? "").classList.toggle("unfolded", open);
	}
	async function copy(button, source) {
		try {
			await navigator.clipboard.writeText(source.textContent ?? "");
			say("Copied");
			button.textContent = "Copied";
			setTimeout(() => {
				button.textContent = "Copy";
			}, 1500);
		} catch {
			getSelection()?.selectAllChildren(source);
			say("Press Ctrl+C to copy what is marked");
		}
	}
	var ACTS = {
		theme: switchTheme,
		keys: showKeys,
		back: () => history.back(),
		menu: unfold,
		facets: unfold
	};
	function listenForButtons() {
		document.addEventListener("click", (event) => {
			for (const drop of all("details.drop[open]")) if (!drop.contains(event.target)) drop.open = false;
			const button = around(event, "[data-act], [data-copy]");
			if (!button) return;
			if (button.dataset.copy) copy(button, byId(button.dataset.copy));
			else ACTS[button.dataset.act ?? ""]?.(button);
		});
	}
	// src/codings.ts
	var GAP = 6;
	var EDGE = 8;
	/** Lights these and nothing else. */
	function light(chosen) {
		for (const lit of all(".lit")) lit.classList.remove("lit");
		for (const one of chosen) one.classList.add("lit");
	}
	function marksOf(report) {
		return report.dataset.report ? all(`[data-reports~="${report.dataset.report}"]`) : [];
	}
	function reportsOf(mark) {
		return (mark.dataset.reports ?? "").split(" ").map((id) => document.getElementById(`r-${id}`)).filter((report) => report !== null);
	}
	function place(card, mark) {
		const box = mark.getClientRects()[0], own = card.getBoundingClientRect();
		if (!box) return;
		const below = box.bottom + own.height + 12 < innerHeight;
		card.style.left = `${Math.max(EDGE, Math.min(box.left, innerWidth - own.width - EDGE)) + scrollX}px`;
		card.style.top = `${(below ? box.bottom + GAP : Math.max(EDGE, box.top - own.height - GAP)) + scrollY}px`;
	}
	function showCodings() {
		const card = document.createElement("div");
		card.className = "hover-card";
		card.hidden = true;
		document.body.append(card);
		const show = (event) => {
			const mark = around(event, "[data-reports]");
			if (!mark) return;
			const reports = reportsOf(mark);
			card.replaceChildren(...reports.flatMap((report) => report.querySelector(".coding")?.cloneNode(true) ?? []));
			light(reports.flatMap((report) => [report, ...marksOf(report)]));
			card.hidden = false;
			place(card, mark);
		};
		const hide = (event) => {
			if (!around(event, "[data-reports]")) return;
			card.hidden = true;
			light([]);
		};
		document.addEventListener("mouseover", show);
		document.addEventListener("focusin", show);
		document.addEventListener("mouseout", hide);
		document.addEventListener("focusout", hide);
		document.addEventListener("mouseover", (event) => {
			const report = around(event, "[data-report]");
			if (report) light(marksOf(report));
		});
	}
	// src/facets.ts
	function keepFacets() {
		const unfolded = /* @__PURE__ */ new Map();
		document.addEventListener("toggle", (event) => {
			const facet = event.target;
			if (facet instanceof HTMLDetailsElement && facet.dataset.facet) unfolded.set(facet.dataset.facet, facet.open);
		}, true);
		document.addEventListener("htmx:afterSettle", () => {
			for (const facet of all("details[data-facet]")) facet.open = unfolded.get(facet.dataset.facet ?? "") ?? facet.open;
			const found = document.getElementById("found-title");
			if (found) say((found.textContent ?? "").trim());
		});
		document.addEventListener("htmx:responseError", (event) => {
			const { xhr } = event.detail;
			say(xhr.responseText.slice(0, 200));
		});
	}
	// src/keys.ts
	function step(by) {
		const rows = all("[data-row]");
		const at = rows.findIndex((row) => row.contains(document.activeElement));
		const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
		next?.querySelector("a.open, a")?.focus();
		next?.scrollIntoView({ block: "nearest" });
	}
	var press = (selector) => () => document.querySelector(selector)?.click();
	var KEYS = {
		"/": () => byId("q").focus(),
		"j": () => step(1),
		"k": () => step(-1),
		"[": press("a[rel=prev]"),
		"]": press("a[rel=next]"),
		"t": switchTheme,
		"?": showKeys
	};
	function leave(event) {
		for (const drop of all("details.drop[open]")) drop.open = false;
		if (typing(event)) event.target.blur();
	}
	function listenForKeys() {
		document.addEventListener("keydown", (event) => {
			if (modified(event)) return;
			if (event.key === "Escape") return leave(event);
			if (typing(event) || keysDialog().open) return;
			const act = event.key === "Enter" && event.target === document.body ? press("[data-key='Enter']") : KEYS[event.key];
			if (!act) return;
			event.preventDefault();
			act();
		});
	}
	// src/late.ts
	/** Loads htmx after the first painting: it looks at every element of a page, as long as drawing a large map takes. */
	function loadHtmxLate() {
		const address = document.currentScript.dataset["htmx"];
		if (!address) throw new Error("base.html names no script of htmx");
		addEventListener("load", () => requestAnimationFrame(() => setTimeout(() => {
			const script = document.createElement("script");
			script.src = address;
			document.head.append(script);
		})));
	}
	// src/selections.ts
	function isSelection(one) {
		const told = one;
		return typeof told?.name === "string" && typeof told.query === "string";
	}
	function saved() {
		try {
			const held = JSON.parse(localStorage.getItem("selections") ?? "[]");
			return Array.isArray(held) ? held.filter(isSelection) : [];
		} catch {
			return [];
		}
	}
	function keep(held) {
		try {
			localStorage.setItem("selections", JSON.stringify(held));
		} catch {
			say("This browser keeps nothing");
		}
		list();
	}
	function without(name) {
		return saved().filter((other) => other.name !== name);
	}
	function itemOf({ name, query }) {
		const link = document.createElement("a"), remove = document.createElement("button"), item = document.createElement("li");
		link.textContent = name;
		link.href = `/explore?${new URLSearchParams(query)}`;
		Object.assign(remove, {
			type: "button",
			className: "button small",
			textContent: "Remove"
		});
		remove.setAttribute("aria-label", `Remove ${name}`);
		remove.addEventListener("click", (event) => {
			event.stopPropagation();
			keep(without(name));
		});
		item.append(link, remove);
		return item;
	}
	function list() {
		const held = saved();
		for (const place of all("[data-saved]")) place.replaceChildren(...held.map(itemOf));
	}
	function save(form) {
		const field = form.elements.namedItem("name"), name = field.value.trim();
		if (!name) return;
		const query = new URLSearchParams(location.search);
		query.delete("page");
		keep([...without(name), {
			name,
			query: query.toString()
		}]);
		field.value = "";
		say(`Saved ${name}`);
	}
	function keepSelections() {
		document.addEventListener("submit", (event) => {
			if (!(event.target instanceof HTMLFormElement) || !event.target.matches("[data-save]")) return;
			event.preventDefault();
			save(event.target);
		});
		nowAndAfterSwaps(list);
	}
	// src/sending.ts
	/** Milliseconds after which a form that led nowhere may be sent again. */
	var PATIENCE = 1e4;
	function sendOnce() {
		const sent = /* @__PURE__ */ new WeakMap();
		document.addEventListener("submit", (event) => {
			const form = event.target;
			if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
			if (performance.now() - (sent.get(form) ?? -Infinity) < PATIENCE) event.preventDefault();
			else sent.set(form, performance.now());
		});
		addEventListener("pageshow", (event) => {
			if (event.persisted) for (const form of document.forms) sent.delete(form);
		});
	}
	// src/observatory.ts
	loadHtmxLate();
	listenForButtons();
	listenForKeys();
	keepFacets();
	keepSelections();
	showCodings();
	listenForBrush();
	sendOnce();
	nowAndAfterSwaps(() => {
		for (const box of all(".map-box")) box.scrollLeft = .6 * (box.scrollWidth - box.clientWidth);
	});
})();
