/* On a narrow screen the parts of a dossier begin folded; a link to a part opens it. */
"use strict";
(function () {
  const folds = document.querySelectorAll("details.fold");

  function openTarget() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const fold = target && target.closest("details.fold");
    if (fold) { fold.open = true; }
  }

  if (window.matchMedia("(max-width: 720px)").matches) {
    folds.forEach(function (fold, position) { fold.open = position === 0 || Boolean(fold.querySelector(".errors, .field--wrong")); });
  }
  openTarget();
  window.addEventListener("hashchange", openTarget);
})();
