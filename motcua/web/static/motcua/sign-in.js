/* A demo's listed account fills both fields at a click; without script the link fills the name. */
"use strict";
document.querySelectorAll("[data-fill-login]").forEach(function (link) {
  link.addEventListener("click", function (event) {
    event.preventDefault();
    document.getElementById("id_login").value = link.dataset.fillLogin;
    const password = document.getElementById("id_password");
    password.value = link.dataset.fillPassword;
    password.focus();
  });
});
