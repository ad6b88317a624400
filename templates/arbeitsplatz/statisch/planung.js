// The table: a cell is tried as it is left, Entf says "entfällt", what is copied from Excel falls into place, Enter goes down.
"use strict";

const form = document.getElementById("planung"), told = document.getElementById("zelle-sagt"), number = document.getElementById("zahl");
if (form) {
  const rows = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll(".zelle")]);
  const before = new Map(rows.flat().map((cell) => [cell, cell.value]));
  const count = () => {
    const changed = [...before].filter(([cell, value]) => cell.value.trim() !== value).length;
    number.textContent = `(${changed})`;
    form.toggleAttribute("data-geaendert", changed > 0);
  };
  const place = (cell) => { const row = rows.findIndex((each) => each.includes(cell)); return [row, rows[row].indexOf(cell)]; };

  const attempt = async (cell) => {
    if (cell.value.trim() === before.get(cell)) { cell.classList.remove("geht", "geht-nicht"); cell.removeAttribute("aria-invalid"); return; }
    const wert = cell.value.trim() === "entfällt" ? "kein" : cell.value.trim();
    const query = new URLSearchParams({ satz: cell.dataset.satz, feld: cell.dataset.feld, wert });
    const answer = await fetch(`${form.dataset.probe}?${query}`, { headers: { accept: "application/json" } });
    if (!answer.ok) return;
    const said = await answer.json();
    cell.classList.toggle("geht", said.geht);
    cell.classList.toggle("geht-nicht", !said.geht);
    cell.setAttribute("aria-invalid", String(!said.geht));
    told.textContent = `${said.geht ? "✓" : "✗"} ${said.sagt} ${said.abhilfe ?? said.fehlt ?? ""}`.trim();
  };

  form.addEventListener("change", (event) => { if (event.target.matches(".zelle")) { count(); attempt(event.target); } });
  form.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (!event.target.matches(".zelle") || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const [top, left] = place(event.target);
    text.replace(/\r?\n$/, "").split(/\r?\n/).forEach((line, down) => line.split("\t").forEach((value, right) => {
      const cell = rows[top + down]?.[left + right];
      if (cell) { cell.value = value.trim(); attempt(cell); }
    }));
    count();
  });
  form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches(".zelle")) return;
    const [row, column] = place(cell), whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    if (event.key === "Delete" && whole) { cell.value = "entfällt"; cell.select(); event.preventDefault(); count(); attempt(cell); }
    const down = event.key === "Enter" || event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (down) { event.preventDefault(); const next = rows[row + down]?.[column]; if (next) { next.focus(); next.select(); } }
  });
  form.addEventListener("focusin", (event) => { if (event.target.matches(".zelle")) event.target.select(); });
}
