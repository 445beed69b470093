/* Keys that work on every page: "/" to search, F2 for a new dossier, Ctrl+Enter to send the
   page's main form, arrows in lists of work. Nothing here is needed to use a page. */
"use strict";
(function () {
  function typing(target) {
    return target instanceof Element && target.matches("input, select, textarea, [contenteditable]");
  }

  function follow(name) {
    const link = document.querySelector('[data-key="' + name + '"]');
    if (link) { link.click(); }
    return Boolean(link);
  }

  function rows() {
    return Array.from(document.querySelectorAll("[data-rows] a[data-open]"));
  }

  function step(by) {
    const links = rows();
    if (!links.length) { return false; }
    const here = document.activeElement && document.activeElement.closest("tr");
    const at = links.findIndex(function (link) { return here && here.contains(link); });
    const next = links[Math.min(Math.max(at + by, 0), links.length - 1)];
    next.focus();
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (event.isComposing) { return; }
    if (event.key === "F2" && follow("new")) { event.preventDefault(); return; }
    if (event.key === "Enter" && event.ctrlKey && !event.shiftKey && !event.altKey) {
      const form = document.querySelector("form[data-main]");
      const button = form && form.querySelector("[data-send]");
      if (form && !(button && button.disabled)) { event.preventDefault(); form.requestSubmit(button || undefined); }
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) { return; }
    if (event.key === "/") {
      const search = document.querySelector("[data-search]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (step(event.key === "ArrowDown" ? 1 : -1)) { event.preventDefault(); }
    } else if (event.key === " " && event.target instanceof Element) {
      const row = event.target.closest("[data-rows] tr");
      const box = row && row.querySelector("input[type=checkbox]");
      if (box) { event.preventDefault(); box.click(); }
    } else if (event.key === "PageDown" || event.key === "PageUp") {
      if (follow(event.key === "PageDown" ? "next-page" : "previous-page")) { event.preventDefault(); }
    }
  });

  // A form is sent once; the button comes back when the page does.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  document.addEventListener("click", function (event) {
    const button = event.target instanceof Element && event.target.closest("[data-copy]");
    if (button && navigator.clipboard) {
      navigator.clipboard.writeText(button.dataset.copy).then(function () {
        button.querySelector("[data-copied]").textContent = "Đã chép";
      });
    }
  });

  // On a telephone the desks lie on one line; the open one is in sight.
  const open = document.querySelector(".desks [aria-current]");
  if (open) { open.scrollIntoView({ block: "nearest", inline: "nearest" }); }

  // A field that comes filled in is typed over, as a scanner would.
  document.addEventListener("focusin", function (event) {
    if (event.target.matches("[data-select]")) { event.target.select(); }
  });
  if (document.activeElement.matches("[data-select]")) { document.activeElement.select(); }

  const summary = document.querySelector(".errors");
  if (summary) { summary.focus(); }
})();
