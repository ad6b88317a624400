// Keys, zoom and the check of what is typed; without this script the page works by its links and buttons.
"use strict";

const byId = (id) => document.getElementById(id);
const stored = {
  get: (name, without) => { try { return localStorage.getItem(name) ?? without; } catch { return without; } },
  set: (name, value) => { try { localStorage.setItem(name, value); } catch { /* a browser that keeps nothing: asked again next time */ } },
};

// ---------------------------------------------------------------- who decides

const kuerzel = byId("kuerzel-feld");
const sign = () => {
  for (const field of document.querySelectorAll('input[name="kuerzel"]')) field.value = stored.get("kuerzel", "");
};
if (kuerzel) {
  kuerzel.value = stored.get("kuerzel", "");
  kuerzel.addEventListener("input", () => { stored.set("kuerzel", kuerzel.value.trim()); sign(); });
}
sign();

// ---------------------------------------------------------------- the page

const sheet = byId("blatt"), picture = byId("seite"), place = byId("stelle");
let zoom = Number(stored.get("groesse", "1")) || 1, turn = 0;

function show() {
  if (!picture) return;
  picture.style.setProperty("width", `${100 * zoom}%`);
  picture.style.setProperty("transform", turn ? `rotate(${turn}deg)` : "none");
}

function toPlace() {
  if (!sheet || !place) return;
  const there = place.getBoundingClientRect(), here = sheet.getBoundingClientRect();
  sheet.scrollTop += there.top - here.top - (here.height - there.height) / 2;
  sheet.scrollLeft += there.left - here.left - (here.width - there.width) / 2;
}

function scale(by) {
  zoom = Math.min(4, Math.max(0.5, zoom * by));
  stored.set("groesse", String(zoom));
  show();
  toPlace();
}

show();
toPlace();
byId("groesser")?.addEventListener("click", () => scale(1.25));
byId("kleiner")?.addEventListener("click", () => scale(0.8));
byId("drehen")?.addEventListener("click", () => { turn = (turn + 90) % 360; show(); });

// ---------------------------------------------------------------- what is typed is checked

const typing = document.querySelector("form.eingabe");
if (typing) {
  const field = byId("wert"), said = byId("wert-probe");
  let waiting = 0, asked = 0;
  const probe = async () => {
    const number = ++asked, value = field.value.trim();
    if (!value) { said.textContent = ""; said.className = "kern-body kern-body--small probe"; return; }
    const answer = await fetch(`${typing.dataset.probe}?wert=${encodeURIComponent(value)}`, { headers: { accept: "application/json" } });
    if (number !== asked || !answer.ok) return;
    const told = await answer.json();
    said.textContent = `${told.geht ? "✓" : "✗"} ${told.sagt} ${told.abhilfe ?? told.fehlt ?? ""}`.trim();
    said.className = `kern-body kern-body--small probe ${told.geht ? "geht" : "geht-nicht"}`;
  };
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(probe, 150); });
}

// ---------------------------------------------------------------- keys

const help = byId("hilfe"), single = byId("tasten-an");
if (single) {
  single.checked = stored.get("tasten", "an") === "an";
  single.addEventListener("change", () => stored.set("tasten", single.checked ? "an" : "aus"));
}
byId("hilfe-auf")?.addEventListener("click", () => help.showModal());

const press = (element) => element && (element.click(), true);
const keys = {
  j: () => press(byId("nach")),
  k: () => press(byId("vor")),
  e: () => { const field = byId("wert") ?? byId("grund"); if (!field) return false; field.focus(); field.select(); return true; },
  z: () => press(byId("zurueck")),
  d: () => press(byId("drehen")),
  "+": () => press(byId("groesser")),
  "-": () => press(byId("kleiner")),
  "?": () => press(byId("hilfe-auf")),
};

document.addEventListener("keydown", (event) => {
  const inField = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (event.key === "Escape" && inField) { inField.blur(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || inField || help?.open || stored.get("tasten", "an") !== "an") return;
  const key = event.key.toLowerCase();
  const done = keys[key] ? keys[key]() : press(document.querySelector(`[data-taste="${CSS.escape(key)}"]`));
  if (done) event.preventDefault();
});
