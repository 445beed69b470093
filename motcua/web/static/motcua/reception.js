/* The reception page by keyboard: Enter looks a person up, digits outside the fields choose a
   favourite, a scanner is told from a hand by its speed. The page works without any of this. */
"use strict";
(function () {
  const form = document.getElementById("reception");
  if (!form) { return; }
  const SCANNER_GAP = 60; // ms between two signs of a scanner; a hand takes longer

  function byName(name) { return form.elements.namedItem(name); }
  function isField(target) { return target instanceof Element && target.matches("input, select, textarea"); }
  function inside(target, id) { const part = document.getElementById(id); return Boolean(part && part.contains(target)); }
  function press(selector) {
    const button = form.querySelector(selector);
    if (button) { button.click(); }
    return Boolean(button);
  }
  function focusOn(field) { if (field) { field.focus(); if (field.select) { field.select(); } } }
  let goOn = false; // after an Enter or a scan the page leads to the next field; after a Tab it does not
  function lookUp() { goOn = true; press("[data-look]"); }

  // Enter never sends the page: it looks up, chooses, or goes on to the next field.
  form.addEventListener("keydown", function (event) {
    if (event.isComposing) { return; }
    const target = event.target;
    if (event.key === "Enter" && !event.ctrlKey && target instanceof HTMLInputElement) {
      event.preventDefault();
      if (inside(target, "person")) { lookUp(); }
      else if (target.matches("[data-procedures]")) { press("[data-choice]"); }
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && target.matches("[data-procedures], [data-choice]")) {
      const choices = Array.from(form.querySelectorAll("[data-choice]"));
      const next = choices[choices.indexOf(target) + (event.key === "ArrowDown" ? 1 : -1)];
      event.preventDefault();
      focusOn(next || (event.key === "ArrowUp" ? byName("search") : null));
    }
  });

  // Outside the fields: a digit alone chooses a favourite; a second sign at a scanner's speed, or a
  // number that begins with 0, goes on in the field for the identity number.
  let first = "";
  let waiting = 0;
  function chooseFavourite() {
    press('[data-favourite="' + first + '"]');
    first = "";
  }
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) { return; }
    if (event.key.length !== 1) { return; }
    if (first || event.key === "0") {
      window.clearTimeout(waiting);
      const field = byName("person_id");
      field.value = first;
      first = "";
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    } else if (/[1-9]/.test(event.key)) {
      first = event.key;
      waiting = window.setTimeout(chooseFavourite, SCANNER_GAP);
    }
  });

  // What a look-up filled in belongs to its number: another number clears it; what was typed stands.
  const looked = {};
  function numberOf(field) { return byName(field.name.split("_")[0] + "_id").value; }
  function leftOver() {
    return Array.from(form.querySelectorAll("[data-filled]")).filter(function (field) {
      return field.dataset.filled !== numberOf(field);
    });
  }
  form.addEventListener("input", function (event) { delete event.target.dataset.filled; });
  form.addEventListener("change", function (event) {
    const field = event.target;
    if (field.matches("[name=person_id], [name=owner_id]") && looked[field.name] !== field.value) { press("[data-look]"); }
  });
  document.body.addEventListener("htmx:configRequest", function (event) {
    if (event.detail.target.id !== "person-note") { return; }
    leftOver().forEach(function (field) { event.detail.parameters[field.name] = ""; });
  });
  document.body.addEventListener("person", function (event) {
    const answer = event.detail;
    const isStale = Object.keys(answer.asked).some(function (name) { return byName(name).value !== answer.asked[name]; });
    if (isStale) { return; }
    leftOver().forEach(function (field) { field.value = ""; delete field.dataset.filled; });
    const names = Object.keys(answer.filled);
    names.forEach(function (name) { byName(name).value = answer.filled[name]; });
    names.forEach(function (name) {
      if (!name.endsWith("_id")) { byName(name).dataset.filled = numberOf(byName(name)); }
    });
    ["person_id", "owner_id"].forEach(function (name) { looked[name] = byName(name).value; });
    form.dispatchEvent(new Event("filled"));
    if (!goOn) { return; }
    goOn = false;
    if (!byName("person_name").value) { focusOn(byName("person_name")); return; }
    focusOn(form.querySelector("[data-fast] [name=copies]") || byName("search") || form.querySelector("[data-papers]"));
  });

  // Choosing a procedure leads to what is missing next: the person, the copies, the papers.
  document.body.addEventListener("htmx:afterSettle", function (event) {
    if (event.target.id !== "filing" && event.detail.target.id !== "filing") { return; }
    if (isField(document.activeElement) && document.activeElement !== document.body) { return; }
    const asked = event.detail.requestConfig.elt;
    if (asked.matches("[data-change]")) { focusOn(byName("search")); return; }
    if (!byName("person_name").value) { focusOn(byName("person_id")); return; }
    focusOn(byName("copies") || form.querySelector("[data-papers]"));
  });

  // A kind of copy means at least one; a number means the kind that is asked for.
  form.addEventListener("change", function (event) {
    const row = event.target.closest("tr");
    if (!row) { return; }
    const count = row.querySelector("[data-count]");
    if (event.target.matches("[data-kind]") && (count.value === "" || count.value === "0")) { count.value = "1"; }
    if (event.target.matches("[data-count]") && Number(count.value) > 0 && !row.querySelector("[data-kind]:checked")) {
      const asked = row.querySelector("[data-asked]");
      if (asked) { asked.checked = true; }
    }
  });

  // The reasons stay open when the slip is counted anew.
  let open = false;
  document.body.addEventListener("htmx:beforeSwap", function () {
    const why = document.getElementById("why");
    open = Boolean(why && why.open);
  });
  document.body.addEventListener("htmx:afterSwap", function () {
    const why = document.getElementById("why");
    if (why && open) { why.open = true; }
  });

  if (!document.querySelector(".errors")) { document.getElementById("main").focus({ preventScroll: true }); }
})();
