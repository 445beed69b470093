/* The reception page by keyboard: Enter looks a person up, a digit outside the fields chooses a
   favourite, more of them are a number, and what is typed before an answer has come waits for the
   field it is meant for. The page works without any of this. */
"use strict";
(function () {
  const form = document.getElementById("reception");
  if (!form) { return; }
  const ALONE = 400; // ms without a further sign after which a digit stands alone
  // A favourite's digit, and at once an identity number, which begins with 0.
  const FAVOURITE_AND_IDENTITY = /^[1-9]0\d{11}$/;

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
  let again = ""; // the field whose number or scan could not be read
  function lookUp() { goOn = true; again = ""; press("[data-look]"); }
  function nextField() {
    if (again) { return byName(again); }
    if (!byName("person_name").value) { return byName("person_name"); }
    return form.querySelector("[data-fast] [name=copies]") || byName("search") || form.querySelector("[data-papers]");
  }

  // What is typed while an answer is under way waits for it: signs for the field the answer leads
  // to, Ctrl+Enter for the page as the answer leaves it.
  const underWay = new Map(); // the last request for each part of the page that may take the focus
  let ahead = "";
  let sendAhead = false;
  function hold(event) { event.preventDefault(); event.stopImmediatePropagation(); }
  function typeInto(field, text) {
    if (!field || !field.matches("input")) { return; }
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function arrive(isAnswered) {
    if (underWay.size) { return; }
    const signs = ahead;
    let isSent = sendAhead && isAnswered;
    ahead = "";
    sendAhead = false;
    if (goOn && isAnswered) {
      const next = nextField();
      focusOn(next);
      // Copies typed ahead of a name nobody knew are no name, and none of a number not read.
      const isMistaken = Boolean(again) || (next === byName("person_name") && /^\d+$/.test(signs));
      if (signs && !isMistaken) { typeInto(next, signs); }
      isSent = isSent && !isMistaken;
    }
    goOn = false;
    again = "";
    if (isSent) { form.requestSubmit(form.querySelector("[data-send]")); }
  }
  window.addEventListener("keydown", function (event) {
    if (event.isComposing || !underWay.size) { return; }
    if (event.key === "Enter" && event.ctrlKey) { sendAhead = true; hold(event); return; }
    if (!goOn || event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key.length === 1) { ahead += event.key; hold(event); }
    else if (event.key === "Backspace" && ahead) { ahead = ahead.slice(0, -1); hold(event); }
    else if (event.key === "Enter") { hold(event); }
    else if (event.key === "Tab") { goOn = false; }
  }, true);
  document.body.addEventListener("htmx:beforeRequest", function (event) {
    const part = event.detail.target.id;
    if (part === "filing" || part === "person-note") { underWay.set(part, event.detail.xhr); }
  });
  function ended(xhr, isAnswered) {
    underWay.forEach(function (last, part) {
      if (last === xhr) { underWay.delete(part); arrive(isAnswered); }
    });
  }
  document.body.addEventListener("htmx:afterRequest", function (event) {
    if (!event.detail.successful) { ended(event.detail.xhr, false); }
  });

  // Enter never sends the page: it looks up, chooses, or goes on to the next field.
  let isChoosing = false; // Enter came before the list for the words did
  function choose() {
    const list = document.getElementById("procedures");
    const words = byName("search").value.trim();
    isChoosing = Boolean(words) && list.dataset.words.trim() !== words;
    if (!isChoosing) { press("[data-choice]"); }
  }
  form.addEventListener("keydown", function (event) {
    if (event.isComposing) { return; }
    const target = event.target;
    if (event.key === "Enter" && !event.ctrlKey && target instanceof HTMLInputElement) {
      event.preventDefault();
      if (inside(target, "person")) { lookUp(); }
      else if (target.matches("[data-procedures]")) { choose(); }
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && target.matches("[data-procedures], [data-choice]")) {
      const choices = Array.from(form.querySelectorAll("[data-choice]"));
      const next = choices[choices.indexOf(target) + (event.key === "ArrowDown" ? 1 : -1)];
      event.preventDefault();
      focusOn(next || (event.key === "ArrowUp" ? byName("search") : null));
    }
  });

  // Outside the fields: a digit alone chooses a favourite; with more signs after it, it begins the
  // person's number, unless it stands before a whole identity number.
  let first = "";
  let waiting = 0;
  let isFromOutside = false; // whether the number in the field was begun outside it
  function chooseFavourite() {
    window.clearTimeout(waiting);
    press('[data-favourite="' + first + '"]');
    first = "";
  }
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) { return; }
    if (event.key.length !== 1) {
      if (first && event.key !== "Shift") { chooseFavourite(); }
      return;
    }
    if (event.key === "0" || (first && /[0-9A-Za-z]/.test(event.key))) {
      window.clearTimeout(waiting);
      const field = byName("person_id");
      isFromOutside = Boolean(first);
      field.value = first;
      first = "";
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    } else if (/[1-9]/.test(event.key)) {
      first = event.key;
      waiting = window.setTimeout(chooseFavourite, ALONE);
    } else if (first) {
      chooseFavourite();
    }
  });
  form.addEventListener("input", function (event) {
    if (event.target !== byName("person_id") || !isFromOutside) { return; }
    const text = event.target.value;
    const button = form.querySelector('[data-favourite="' + text[0] + '"]');
    if (!button || !FAVOURITE_AND_IDENTITY.test(text)) { return; }
    isFromOutside = false;
    event.target.value = text.slice(1);
    button.click();
  });
  byName("person_id").addEventListener("blur", function () { isFromOutside = false; });

  // What a look-up filled in belongs to its number: another number clears it; what was typed stands.
  const looked = {};
  function numberOf(field) { return byName(field.name.split("_")[0] + "_id").value; }
  function leftOver() {
    return Array.from(form.querySelectorAll("[data-filled]")).filter(function (field) {
      return field.dataset.filled !== numberOf(field);
    });
  }
  form.addEventListener("input", function (event) {
    delete event.target.dataset.filled;
    if (event.target.matches("[data-procedures]")) { isChoosing = false; }
  });
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
    again = answer.again;
    names.forEach(function (name) {
      if (!name.endsWith("_id")) { byName(name).dataset.filled = numberOf(byName(name)); }
    });
    ["person_id", "owner_id"].forEach(function (name) { looked[name] = byName(name).value; });
    form.dispatchEvent(new Event("filled"));
  });

  // A date of birth is shown back as it was read, once its field is left.
  document.body.addEventListener("days", function (event) {
    ["person_born", "owner_born"].forEach(function (name) {
      const day = event.detail[name];
      const field = byName(name);
      if (day && field.value.trim() === day.typed && field !== document.activeElement) { field.value = day.read; }
    });
  });

  // Choosing a procedure leads to what is missing next: the person, the copies, the papers.
  document.body.addEventListener("htmx:afterSettle", function (event) {
    const part = event.detail.target.id;
    if (part === "procedures" && isChoosing) { choose(); }
    if (part === "filing" && !goOn && !isField(document.activeElement)) {
      if (event.detail.requestConfig.elt.matches("[data-change]")) { focusOn(byName("search")); }
      else if (!byName("person_name").value) { focusOn(byName("person_id")); }
      else { focusOn(byName("copies") || form.querySelector("[data-papers]")); }
    }
    ended(event.detail.xhr, true);
  });

  // A kind of copy means at least one; a number means the kind that is asked for.
  form.addEventListener("change", function (event) {
    const row = event.target.closest("tr");
    if (!row) { return; }
    const count = row.querySelector("[data-count]");
    if (!count) { return; }
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

  // A page that is not new begins at the first field still empty; a new one outside the fields,
  // where the digits choose.
  function firstEmpty() {
    if (byName("earlier").value && !byName("procedure").value) { return byName("search"); }
    const copies = form.querySelector("[data-fast] [name=copies]");
    if (copies && byName("person_name").value) { return copies; }
    const names = ["person_id", "person_name", "person_born", "person_address", "person_phone"];
    if (byName("for_other").checked) {
      names.push("owner_id", "owner_name", "owner_born", "owner_address", "owner_phone");
    }
    names.push("search", "case");
    const empty = names.map(byName).find(function (field) { return field && !field.value; });
    return empty || form.querySelector("[data-papers]") || byName("subject");
  }
  if (document.querySelector(".errors")) { return; }
  const isNew = !["earlier", "procedure", "person_id", "person_name", "search"].some(function (name) {
    const field = byName(name);
    return field && field.value;
  });
  if (isNew) { document.getElementById("main").focus({ preventScroll: true }); }
  else { focusOn(firstEmpty()); }
})();
