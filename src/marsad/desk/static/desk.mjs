// The desk's keys. Every key presses a button or follows a link that is on the page: without scripts the same work is done by hand.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const letters = (text) => [...text].length; // characters as marsad counts them, not UTF-16 units
const page = () => $("[data-page]")?.dataset.page ?? "";
let focused = null, waiting = null, before = "", pressed = "";

function tell(words) { $("#told").textContent = words; }

// --- Claims ---------------------------------------------------------------------------------------------------------

const cards = () => $$(".card[data-claim]");

function focusCard(card, scroll = true) {
  if (!card) return;
  $$(".focus").forEach((one) => one.classList.remove("focus"));
  card.classList.add("focus");
  focused = card.dataset.claim;
  const marks = $$(`.claimed[data-claims~="${focused}"]`);
  marks.forEach((mark) => mark.classList.add("focus"));
  card.focus({ preventScroll: true });
  if (!scroll) return;
  marks[0]?.scrollIntoView({ block: "nearest" });
  card.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = page() === "report" ? cards() : $$(".row");
  if (!all.length) return;
  const now = all.findIndex((one) => one.classList.contains("focus"));
  const next = all[Math.min(all.length - 1, Math.max(0, now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by))];
  if (page() === "report") focusCard(next);
  else focusRow(next);
}

function focusRow(row) {
  $$(".row.focus").forEach((one) => one.classList.remove("focus"));
  row.classList.add("focus");
  $("a", row)?.focus();
  row.scrollIntoView({ block: "nearest" });
}

function firstOpen(after = 0) {
  const open = cards().filter((card) => card.dataset.state === "proposed");
  return open.find((card) => Number(card.dataset.claim) > after) ?? open[0] ?? cards().find((card) => Number(card.dataset.claim) >= after);
}

const card = () => $(".card.focus");

function press(act) { $(`button[name="act"][value="${act}"]`, card() ?? document)?.click(); }

function openEdit() {
  const box = card() && $("details.edit", card());
  if (!box) return;
  box.open = true;
  takeSelection($("form", box));
  $("[name=value]", box).focus();
  $("[name=value]", box).select();
}

// --- The words of a claim: what is selected in the text ---------------------------------------------------------------

function offsetOf(node, at) {
  const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const piece = holder?.closest("[data-start]");
  if (node.nodeType === Node.TEXT_NODE && piece) return Number(piece.dataset.start) + letters(node.data.slice(0, at));
  const child = holder?.childNodes[at];
  const start = child?.nodeType === Node.ELEMENT_NODE ? child.dataset?.start ?? $("[data-start]", child)?.dataset.start : undefined;
  if (start !== undefined) return Number(start);
  if (node.id === "text") return letters(node.textContent);
  return piece ? Number(piece.dataset.start) + (at ? letters(piece.textContent) : 0) : null;
}

function selected() {
  const text = $("#text"), chosen = getSelection();
  if (!text || !chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  let start = offsetOf(range.startContainer, range.startOffset), end = offsetOf(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return null;
  const all = [...text.textContent];
  while (start < end && /\s/.test(all[start])) start++;
  while (end > start && /\s/.test(all[end - 1])) end--;
  return start < end ? { start, end, words: all.slice(start, end).join("") } : null;
}

function takeSelection(form) {
  const words = selected();
  if (!form || !words) return false;
  $("[data-words]", form).value = words.words;
  $("[data-start-field]", form).value = words.start;
  $("[data-end-field]", form).value = words.end;
  const number = words.words.match(/\d[\d,.\u066c]*|[٠-٩]+/);
  const value = $("[name=value]", form);
  if (form.matches("[data-new]") && number && !value.value) value.value = number[0].replace(/[^\d٠-٩]/g, "");
  return true;
}

function startNew() {
  const box = $("#new-claim");
  if (!box) return;
  const form = $("form", box), taken = takeSelection(form);
  box.open = true;
  box.scrollIntoView({ block: "nearest" });
  $(taken ? "[name=measure]" : "[data-words]", box).focus();
}

// The selection is let go of when a button is pressed: it is taken into the open form the moment it is made.
document.addEventListener("selectionchange", () => {
  if (page() !== "report" || !selected()) return;
  const open = $("#new-claim[open] form") ?? (card() && $("details.edit[open] form", card()));
  if (open) takeSelection(open);
});

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("[data-words]")) return;
  $("[data-start-field]", target.form).value = "";
  $("[data-end-field]", target.form).value = "";
});

// --- Keys -------------------------------------------------------------------------------------------------------------

const goes = { q: "/queue", i: "/incidents", p: "/people", o: "/overview" };

function help(open = !$("#keys")?.classList.contains("open")) {
  const box = $("#keys");
  if (!box) return;
  box.classList.toggle("open", open);
  if (open) $("a", box).focus();
}

const onReport = {
  a: () => press("accept"), x: () => press("reject"), u: () => press("undo"), i: () => press("apart"), e: openEdit, n: startNew,
  o: () => $("[data-original]")?.click(),
  "]": () => $("[data-onward]")?.click(),
  "1": () => join(1), "2": () => join(2), "3": () => join(3),
};
const onList = { Enter: () => $(".row.focus a")?.click(), o: () => $(".row.focus a")?.click(), "]": () => $("[data-next]")?.click(), "[": () => $("[data-previous]")?.click(), a: () => pressIn("yes"), x: () => pressIn("no"), s: () => pressIn("unsure") };

function pressIn(value) { $(`.row.focus button[data-key="${value}"]`)?.click(); }

function join(n) {
  const form = $(`[data-join="${n}"]`);
  if (!form || !card()) return;
  $("[data-focus-anchor]", form).value = card().dataset.anchor;
  form.requestSubmit();
}

// With an Arabic keyboard the keys lie where they lie on an English one.
function plain({ key, code }) {
  return /^[\x20-\x7e]$/.test(key) || key.length > 1 ? key : { Slash: "?", BracketRight: "]", BracketLeft: "[" }[code] ?? code.replace(/^(Key|Digit)/, "").toLowerCase();
}

document.addEventListener("keydown", (event) => {
  const { target } = event;
  const key = plain(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (key === "Escape") {
    help(false);
    if (target.closest?.("details.edit, #new-claim, .seek")) { target.blur(); target.closest("details")?.removeAttribute("open"); focusCard(card()); }
    return;
  }
  if (target.matches?.("input, textarea, select, [contenteditable]")) return;
  if (waiting === "g") {
    waiting = null;
    if (goes[key]) { event.preventDefault(); location.assign(goes[key]); }
    return;
  }
  const own = page() === "report" ? onReport : onList;
  const run = {
    "?": () => help(), "/": () => $("#q")?.focus(), g: () => { waiting = "g"; }, j: () => step(1), k: () => step(-1), ...own,
  }[key];
  if (!run || (key === "Enter" && target.matches?.("a, button, summary"))) return;
  event.preventDefault();
  run();
});

document.addEventListener("click", (event) => {
  const { target } = event;
  if (target.closest?.("[data-keys-button]")) { event.preventDefault(); help(true); return; }
  if (target.closest?.("[data-keys-close]")) { event.preventDefault(); help(false); return; }
  const mark = target.closest?.(".claimed");
  if (mark) {
    event.preventDefault();
    const over = mark.dataset.claims.split(" "), at = over.indexOf(focused ?? "");
    focusCard($(`#claim-${over[(at + 1) % over.length]}`)); // a second click on overlapping words goes to the next claim
    return;
  }
  const inCard = target.closest?.(".card[data-claim]");
  if (inCard && !target.closest("a, button, input, select, textarea, summary, label")) focusCard(inCard, false);
});

document.addEventListener("focusin", ({ target }) => {
  const inCard = target.closest?.(".card[data-claim]");
  if (inCard && !inCard.classList.contains("focus") && target !== inCard) {
    $$(".focus").forEach((one) => one.classList.remove("focus"));
    inCard.classList.add("focus");
    focused = inCard.dataset.claim;
    $$(`.claimed[data-claims~="${focused}"]`).forEach((mark) => mark.classList.add("focus"));
  }
});

// --- After the server answered ------------------------------------------------------------------------------------------

document.addEventListener("submit", ({ submitter }) => { pressed = submitter?.value ?? ""; }, true);
document.addEventListener("htmx:before:request", () => { before = focused ?? ""; });
document.addEventListener("htmx:after:swap", () => {
  const work = $("#work");
  if (!work || work.dataset.met) return;
  work.dataset.met = "yes";
  arrive(Number(before) || 0);
  tell($(".facts")?.textContent.trim() ?? "");
});

function arrive(after) {
  if (page() === "report") {
    $("#work").dataset.met = "yes";
    const asked = location.hash.startsWith("#claim-") ? $(location.hash) : null;
    const done = $("[data-onward]");
    const stay = $("details.edit[open], #new-claim[open]") ?? $(".trouble");
    if (stay?.closest(".card[data-claim]")) focusCard(stay.closest(".card[data-claim]"));
    else if (asked && !after) focusCard(asked);
    else if (after && pressed === "undo") focusCard($(`#claim-${after}`)); // what was taken back is looked at again
    else if (after && done && !cards().some((one) => one.dataset.state === "proposed")) done.focus();
    else focusCard(firstOpen(after), Boolean(after)); // on arrival the text comes first
  } else if ($(".rows .row")) focusRow($(".rows .row"));
}

// --- Small helps ----------------------------------------------------------------------------------------------------------

$$("input[type=range][data-days]").forEach((range) => {
  const days = range.dataset.days.split(" "), field = $("[name=known_on]", range.form);
  range.hidden = false;
  range.max = String(days.length - 1);
  const known = days.filter((day) => day <= field.value).length - 1; // the last day of reports up to the one shown
  range.value = String(field.value ? Math.max(0, known) : days.length - 1);
  range.addEventListener("input", () => { field.value = days[Number(range.value)]; });
  range.addEventListener("change", () => range.form.requestSubmit());
});

// A link to something folded unfolds it.
function unfold() {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  target?.closest("details")?.setAttribute("open", "");
}

addEventListener("hashchange", unfold);
unfold();
arrive(0);
