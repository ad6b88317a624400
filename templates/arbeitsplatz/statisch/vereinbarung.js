// The form and the page show each other; a typed value is tried; Alt with an arrow moves an entry.
"use strict";

const kuerzel = (() => { try { return localStorage.getItem("kuerzel") ?? ""; } catch { return ""; } })();
for (const field of document.querySelectorAll('input[name="kuerzel"]')) field.value = kuerzel;
const spots = (feld) => document.querySelectorAll(`.papier [data-feld="${CSS.escape(feld)}"]`);

document.querySelector(".papier")?.addEventListener("click", (event) => {
  const spot = event.target.closest("[data-feld]");
  if (!spot) return;
  event.preventDefault();
  const field = document.getElementById(`f-${spot.dataset.feld}`);
  field?.scrollIntoView({ block: "center" });
  field?.querySelector("input:not([type=hidden]), textarea")?.focus({ preventScroll: true });
});
document.querySelector(".formular")?.addEventListener("focusin", (event) => {
  const field = event.target.closest(".feld");
  for (const old of document.querySelectorAll(".papier .gezeigt")) old.classList.remove("gezeigt");
  if (!field) return;
  const found = spots(field.dataset.feld);
  found.forEach((each) => each.classList.add("gezeigt"));
  found[0]?.scrollIntoView({ block: "nearest" });
});
document.querySelector(".formular")?.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-probe]");
  if (!form) return;
  clearTimeout(form.waiting);
  form.waiting = setTimeout(async () => {
    const query = new URLSearchParams({ feld: form.elements.feld.value, wert: form.elements.wert.value.trim() });
    const answer = await fetch(`${form.dataset.probe}?${query}`, { headers: { accept: "application/json" } });
    if (!answer.ok) return;
    const said = await answer.json(), line = form.querySelector(".probe");
    line.textContent = `${said.geht ? "✓" : "✗"} ${said.sagt} ${said.abhilfe ?? said.fehlt ?? ""}`.trim();
    line.className = `kern-body kern-body--small probe ${said.geht ? "geht" : "geht-nicht"}`;
  }, 150);
});
document.addEventListener("keydown", (event) => {
  const entry = event.target.closest?.(".eintrag"), key = { ArrowUp: "hoch", ArrowDown: "runter" }[event.key];
  if (event.altKey && entry && key) { event.preventDefault(); entry.querySelector(`button[value="${key}"]`)?.click(); }
});
if (location.hash.startsWith("#f-")) {
  const asked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  asked?.scrollIntoView({ block: "center" });
  asked?.querySelector("input:not([type=hidden]), textarea")?.focus({ preventScroll: true });
}
