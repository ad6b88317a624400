// Files that are dropped, folders too, and how work goes; without this script files are chosen and the page is loaded anew.
"use strict";

// ---------------------------------------------------------------- work

for (const job of document.querySelectorAll(".auftrag")) {
  const list = job.querySelector(".verlauf"), state = job.querySelector("[role=status]"), runs = "laeuft" in job.dataset;
  const source = new EventSource(job.dataset.verlauf);
  const add = (text) => { const line = document.createElement("li"); line.textContent = text; list.append(line); };
  source.onmessage = (event) => { list.hidden = false; add(JSON.parse(event.data)); };
  source.addEventListener("ende", (event) => {
    source.close();
    const { code, meldungen } = JSON.parse(event.data);
    meldungen.forEach(add);
    state.textContent = code === 0 ? "fertig" : "fertig, mit Meldungen";
    // what is typed and not yet sent is not thrown away by loading anew
    if (document.querySelector("[data-geaendert]")) { state.textContent += "; danach die Seite neu laden"; return; }
    if (runs) location.replace(job.dataset.laeuft && code === 0 ? job.dataset.laeuft : `${location.pathname}${location.search}${location.search ? "&" : "?"}fertig=${Date.now()}#auftraege`);
  });
  source.onerror = () => source.close();
}

// ---------------------------------------------------------------- dropping

const drop = document.getElementById("ablage"), field = document.getElementById("datei"), said = document.getElementById("ablage-sagt");

async function within(entry) {
  if (entry.isFile) return [await new Promise((good, bad) => entry.file(good, bad))];
  const reader = entry.createReader(), found = [];
  for (;;) {
    const some = await new Promise((good, bad) => reader.readEntries(good, bad));
    if (!some.length) return found;
    for (const each of some) found.push(...await within(each));
  }
}

async function send(files) {
  const wanted = files.filter((file) => /\.(pdf|docx|xlsx|csv)$/i.test(file.name) && !file.name.startsWith("~$"));
  if (!wanted.length) { said.textContent = "Hier ist keine PDF- und keine Word-Datei dabei."; return; }
  const form = new FormData();
  for (const file of wanted) form.append("datei", file);
  said.textContent = `${wanted.length} Dateien werden abgelegt …`;
  const answer = await fetch(drop.action, { method: "POST", body: form, headers: { accept: "application/json" } });
  if (answer.ok) { location.replace(answer.url); if (answer.url.split("#")[0] === location.href.split("#")[0]) location.reload(); return; }
  const told = await answer.json().catch(() => ({ meldung: "Das ging nicht." }));
  said.textContent = `${told.meldung} ${told.abhilfe ?? ""}`;
}

if (drop) {
  const over = (event) => { event.preventDefault(); drop.classList.add("darueber"); };
  document.addEventListener("dragover", over);
  document.addEventListener("dragleave", () => drop.classList.remove("darueber"));
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("darueber");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const files = entries.length ? (await Promise.all(entries.map(within))).flat() : [...event.dataTransfer.files];
    await send(files);
  });
  field.addEventListener("change", () => send([...field.files]));
}
