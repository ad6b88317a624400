// The table of the overview: sorted by its headings, filtered by what is typed; both with the keyboard alone.
"use strict";
(() => {
  const table = document.getElementById("tabelle");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const status = document.getElementById("zahl");
  const filters = ["name", "jahr", "stand"].map((key) => [key, document.getElementById("f-" + key)]).filter(([, field]) => field);
  let sorted = "";

  const plain = (text) => text.toLocaleLowerCase("de").normalize("NFD").replace(/\p{M}/gu, "");

  const say = () => {
    const shown = rows.filter((row) => !row.hidden).length;
    const counted = shown === rows.length ? `${shown} Vereinbarungen` : `${shown} von ${rows.length} Vereinbarungen`;
    status.textContent = sorted ? `${counted}, sortiert nach ${sorted}` : counted;
  };

  const filter = () => {
    for (const row of rows) {
      row.hidden = filters.some(([key, field]) => {
        const wanted = plain(field.value.trim());
        const has = plain(row.dataset[key]);
        return wanted && (key === "name" ? !has.includes(wanted) : has !== wanted);
      });
    }
    say();
  };

  // "0 3.9": kinds apart, then by number; a text by the alphabet; what has no value last, whichever way round.
  const compare = (a, b, sign) => {
    if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
    const [kindA, numberA] = a.split(" ").map(Number);
    const [kindB, numberB] = b.split(" ").map(Number);
    if ([kindA, numberA, kindB, numberB].some(Number.isNaN)) return sign * a.localeCompare(b, "de");
    return kindA - kindB || sign * (numberA - numberB);
  };

  const sort = (head) => {
    const descending = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const place = heads.indexOf(head);
    const key = (row) => row.cells[place].dataset.ordnung;
    rows.sort((a, b) => compare(key(a), key(b), descending ? -1 : 1));
    body.append(...rows);
    sorted = `${head.textContent.replaceAll("\u00ad", "")}, ${descending ? "absteigend" : "aufsteigend"}`;
    say();
  };

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
  }
  for (const [, field] of filters) field.addEventListener("input", filter);
  document.getElementById("f-alle").addEventListener("click", () => {
    for (const [, field] of filters) field.value = "";
    filter();
  });
  document.querySelector(".filter").hidden = false;
})();
