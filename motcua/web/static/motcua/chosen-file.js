/* A field for a file says in Vietnamese what to press and which file is chosen. */
"use strict";
(function () {
  document.querySelectorAll("[data-file]").forEach(function (field) {
    const input = field.querySelector("input");
    const name = field.querySelector("[data-file-name]");
    const none = name.textContent;

    function show() { name.textContent = input.files.length ? input.files[0].name : none; }

    field.querySelector("[hidden]").hidden = false;
    input.addEventListener("change", show);
    window.addEventListener("pageshow", show);
  });
})();
